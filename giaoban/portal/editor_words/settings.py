"""Wagtail's words on old addresses, settings and people."""

from django.utils.translation import gettext_noop as _

from giaoban.portal.editor_words import ngettext_noop

WORDS = (
    _("Continue"), _("Confirm"), _("Supported formats: %(supported_formats)s."), _("View history"), _("Type"),
    _("More options for '%(title)s'"), _("Keyboard shortcuts"), _("User"), _("Redirects"), _("Permanent"),
    _("Temporary"), _("From site"), _("All sites"), _("File to import"),
    _("A redirect with this path already exists."), _("From field"), _("To field"), _("redirect from"),
    _("permanent"), _("temporary"), _("redirect to a page"), _("Import redirects"), _("Import"),
    _("Confirm import"), _("Are you sure you want to delete this redirect?"), _("Summary"), _("Error"),
    _("Add redirect"), _("Found %(total)s redirects, created %(successes)s and found %(errors)s errors."),
    _("redirect"), _("The redirect could not be saved due to errors."),
    _("The redirect could not be created due to errors."), _("Redirect '%(redirect_title)s' added."),
    _("Redirect '%(redirect_title)s' updated."), _("Redirect '%(redirect_title)s' deleted."),
    _("Delete redirect %(title)s"), _("redirects"),
    _("Recommended. Permanent redirects ensure search engines forget the old page (the 'Redirect from') and "
      "index the new page instead."),
    _('File format of type "%(extension)s" is not supported.'),
    _("Imported file has a wrong encoding: %(error_message)s."),
    _("%(error)s encountered while trying to read file: %(filename)s."), _("site"), _("target page route"),
    _("Optionally specify a route on the target page to redirect to. Leave blank to redirect to the default "
      "page route."),
    _("redirect to any URL"), _("automatically created"),
    _("<p>Select a file where redirects are separated into rows and contains the columns representing "
      "<code>from</code> and <code>to</code> (they can be named anything).</p> <p>After submitting you will "
      "be taken to a confirmation view where you can customize your redirects before import.</p>"),
    _('Sorry, no redirects match "<em>%(query_string)s</em>"'),
    _('No redirects have been created. Why not <a href="%(wagtailredirects_add_redirect_url)s">add one</a>?'),
    _("Search redirects"), _("%(site_setting)s for %(site)s"), _("Created"), _("Copied to clipboard"),
    _("Status: "), _("%(model)s permissions"), _("API token created"), _("user %(id)s (deleted)"),
)  # fmt: skip
#: With a number in them.
COUNTED = (
    ngettext_noop("Imported %(total)d redirect", "Imported %(total)d redirects"),
)  # fmt: skip
