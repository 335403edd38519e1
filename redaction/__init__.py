"""Editorial team: roles, workflows, review tasks, review dates, moderation desk."""
