"""What Wagtail allows on a page, with a rule of ours."""

from wagtail.models import PagePermissionTester


class DroitsPage(PagePermissionTester):
    """A page that was public once is deleted and moved only by those who may publish."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        if not super().can_delete(ignore_bulk):
            return False
        if self.user.is_superuser or "publish" in self.permissions:
            return True
        branch = self.page.get_descendants(inclusive=True)
        return not branch.exclude(first_published_at=None).exists()
