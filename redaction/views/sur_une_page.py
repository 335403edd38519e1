"""A form of the admin about one page."""

from typing import Any, ClassVar

from django.urls import reverse
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin


class SurUnePageView(WagtailAdminTemplateMixin, FormView):  # type: ignore[misc]  # both know the context's page title
    """Stands under the page in the breadcrumb, names it, and has one button."""

    submit_label: ClassVar[str]
    page: Any

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        title = self.get_page_subtitle()
        address = reverse("wagtailadmin_explore", args=[self.page.pk])
        return [
            *super().get_breadcrumbs_items(),
            {"url": address, "label": title},
            {"url": "", "label": self.page_title, "sublabel": title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "action_url": self.request.path,
            "media": context["form"].media,
            "submit_button_label": self.submit_label,
            "submit_button_active_label": "En cours…",
            "page": self.page,
        }
