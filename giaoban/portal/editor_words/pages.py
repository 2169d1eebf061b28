"""Wagtail's words on pages: the explorer, the form, publishing, copying, moving, taking down, deleting."""

from django.utils.translation import gettext_noop as _

from giaoban.portal.editor_words import ngettext_noop

WORDS = (
    _("The page title as you'd like it to be seen by the public"), _("Save schedule"),
    _("Set publishing schedule"), _("Schedule to publish"),
    _("Choose when this page should go live and/or expire"), _("Visible to all"), _("Move"), _("Copy"),
    _("Publish this version"), _("Yes, publish"), _("No, don't publish"), _("Yes, unpublish"),
    _("Yes, unpublish it"), _("No, don't unpublish"), _("Yes, delete it"), _("No, don't delete it"),
    _("Yes, move this page"), _("Yes, move these pages"), _("No, don't move"), _("Add child page"),
    _("Add a child page"), _("Add a child page to '%(title)s'"), _("Create a page in"),
    _("Create a page in %(title)s"), _("Choose which type of page you'd like to create."),
    _("Explore child pages of '%(title)s'"), _("Exploring"), _("Has child pages"), _("Page types"),
    _("Page type"), _("Date updated"), _("Edited by"), _("Owner"), _("Any"), _("Page '%(page_title)s' created."),
    _("Page '%(page_title)s' has been updated."), _("Page '%(page_title)s' has been published."),
    _("Page '%(page_title)s' created and published."),
    _("Page '%(page_title)s' has been submitted for moderation."),
    _("Page '%(page_title)s' has been scheduled for publishing."), _("Page '%(page_title)s' deleted."),
    _("Page '%(page_title)s' moved."), _("Page '%(page_title)s' unpublished."),
    _("The page could not be saved due to validation errors."),
    _("The page could not be created due to validation errors."),
    _("The page could not be saved as it is locked."), _("Visit the live page"), _("View draft"), _("View live"),
    _("Page %(page_number)s of %(num_pages)s."), _("Next"), _("Previous"), _("Move %(title)s"),
    _("Select a new parent page"), _("Copy this page"), _("Editing %(page_type)s"), _("Scheduling…"),
    _('You do not have permission to publish pages at "%(page_title)s"'),
    _("The slug '%(page_slug)s' is already in use within the parent page."),
    _('You cannot create a page of type "%(page_type)s" under "%(page_title)s".'), _("Content"), _("Promote"),
    _("Explore subpages of '%(title)s'"), _("Explore"),
    _("Are you sure you want to unpublish this %(model_name)s?"),
    _("Changing the privacy for this page has been disabled."),
    _("Sorry, you cannot create a page at this location."), _("Pages using %(page_type)s"),
    _("Are you sure you want to delete these pages?"), _("Are you sure you want to move these pages?"),
    _("There is no valid destination page for these pages"), _("Are you sure you want to publish these pages?"),
    _("Are you sure you want to unpublish these pages?"), _("Convert alias %(title)s"), _("Convert alias"),
    _("Are you sure you want to convert this alias into an ordinary page?"), _("This action cannot be undone."),
    _("Yes, convert it"), _("No, leave it as an alias"), _("Are you sure you want to delete this page?"),
    _('Alternatively you can <a href="%(unpublish_url)s">unpublish the page</a>. This removes the page from '
      'public view and you can edit or publish it again later.'),
    _("Are you sure you want to move this page into '%(title)s'?"),
    _("Are you sure you want to move this page and all of its children into '%(title)s'?"),
    _("Are you sure you want to unpublish this page?"), _("Copy %(title)s"),
    _("This page is an alias of another page."), _("Edit original page"),
    _("Convert this alias into an ordinary page"),
    _("The root level is where you can add new sites to your Wagtail installation. Pages created here will "
      "not be accessible at any URL until they are associated with a site."),
    _("If you just want to add pages to an existing site, create them as children of the homepage instead."),
    _("Pages created here will not be accessible at any URL. To add pages to an existing site, create them "
      "as children of the homepage."),
    _("There is no site set up for this location. Pages created here will not be accessible at any URL until "
      "a site is associated with this location."),
    _("There is no site record for this location. Pages created here will not be accessible at any URL."),
    _("Select all pages in listing"),
    _("%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s across entire site."),
    _("No results across entire site."), _("Search in '<span class=\"w-title-ellipsis\">%(title)s</span>'"),
    _("%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s in '<span "
      "class=\"w-title-ellipsis\">%(title)s</span>'."),
    _("No results in '<span class=\"w-title-ellipsis\">%(title)s</span>'."), _("Search the whole site"),
    _("%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s"), _("Sites menu"), _("Pagination"),
    _("This page is protected from public view"), _("Sorry, no pages match <em>%(query_string)s</em>"),
    _("Enter a search term above"), _("Choose when this %(model_name)s should go live and/or expire"),
    _('This publishing schedule will only take effect after you select the "Schedule to publish" option'),
    _("Anyone with editing permissions can create schedules"),
    _("But only those with publishing permissions can make them effective."), _("Current page status:"),
    _("Visible to all. Visit the live page"), _("Private. Visit the live page"),
    _("Sort the order of child pages within '%(parent)s' by '%(label)s' in ascending order."),
    _("Sort the order of child pages within '%(parent)s' by '%(label)s' in descending order."),
    _("Privacy is inherited from the ancestor page - %(ancestor_page)s"), _("Delete selected pages"),
    _("%(parent_pages)s and %(child_pages)s have been deleted"), _("Move selected pages"),
    _("Publish selected pages"), _("%(parent_pages)s and %(child_pages)s have been published"),
    _("Unpublish selected pages"), _("%(parent_pages)s and %(child_pages)s have been unpublished"),
    _("Choose parent"), _("Create a new %(model_name)s"),
    _("Page '%(page_title)s' has been converted into an ordinary page."),
    _("Page '%(page_title)s' and %(subpages_count)s subpages copied."), _("Page '%(page_title)s' copied."),
    _("Page '%(page_title)s' created and scheduled for publishing."),
    _("Page '%(page_title)s' created and submitted for moderation."),
    _("Page '%(page_title)s' has been replaced with version from %(previous_revision_datetime)s."),
    _("Workflow on page '%(page_title)s' has been cancelled."),
    _("Version from %(previous_revision_datetime)s of page '%(page_title)s' has been scheduled for publishing."),
    _("Page '%(page_title)s' is live and this version has been scheduled for publishing."),
    _("Version from %(datetime)s of page '%(page_title)s' has been published."),
    _("Workflow on page '%(page_title)s' has been restarted."),
    _("The slug '%(page_slug)s' is already in use at the selected parent page. Make sure the slug is unique "
      "and try again."),
    _("Placeholder title"), _("Pages using"), _("Page types usage"), _("pages"), _("slug"),
    _("The name of the page as it will appear in URLs e.g http://domain.com/blog/[my-slug]/"), _("URL path"),
    _("The slug '%(page_slug)s' is already in use within the parent page at '%(parent_url_path)s'."),
    _("Cannot overwrite a revision that is not the latest for this %(model_name)s."),
    _("Cannot overwrite a revision that was not created by the current user."), _("show in menus"),
    _("Whether a link to this page will appear in automatically generated menus"), _("title tag"),
    _("The name of the page displayed on search engine results as the clickable headline."),
    _("meta description"), _("The descriptive text displayed underneath a headline in search engine results."),
    _("For search engines"), _("workflow"), _("workflow page"), _("workflow pages"), _("page log entry"),
    _("page log entries"), _("Draft saved"), _("comment reply"), _("comment replies"), _("Configure a site now."),
    _("page view restriction"), _("page view restrictions"), _("For site menus"), _("Add/edit pages you own"),
    _("Bulk delete"), _("Delete pages with children"), _("Edit any page"), _("Lock/unlock pages you've locked"),
    _("Publish any page"), _("Unlock any page"), _("group page permission"), _("group page permissions"),
    _("latest revision created at"),
)  # fmt: skip
#: With a number in them.
COUNTED = (
    ngettext_noop(
        '%(total)s Page <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Pages <span class="w-sr-only">created in %(site_name)s</span>',
    ),
    ngettext_noop("Delete 1 page", "Delete %(counter)s pages"),
    ngettext_noop("This will also delete one more subpage.", "This will also delete %(counter)s more subpages."),
    ngettext_noop(
        "You don't have permission to delete this page",
        "You don't have permission to delete these pages",
    ),
    ngettext_noop("Move 1 page", "Move %(counter)s pages"),
    ngettext_noop("This page has one child page", "This page has %(counter)s child pages"),
    ngettext_noop("You don't have permission to move this page", "You don't have permission to move these pages"),
    ngettext_noop(
        "The following page cannot be moved to %(dest_title)s",
        "The following pages cannot be moved to %(dest_title)s",
    ),
    ngettext_noop(
        "The following page cannot be moved due to duplicate slug",
        "The following pages cannot be moved due to duplicate slugs",
    ),
    ngettext_noop("Publish 1 page", "Publish %(counter)s pages"),
    ngettext_noop("This page has one unpublished subpage", "This page has %(counter)s unpublished subpages"),
    ngettext_noop(
        "You don't have permission to publish this page",
        "You don't have permission to publish these pages",
    ),
    ngettext_noop("Unpublish 1 page", "Unpublish %(counter)s pages"),
    ngettext_noop("This page has one subpage", "This page has %(counter)s subpages"),
    ngettext_noop(
        "You don't have permission to unpublish this page",
        "You don't have permission to unpublish these pages",
    ),
    ngettext_noop(
        "Deleting this page will also delete %(descendant_count)s child page.",
        "Deleting this page will also delete %(descendant_count)s more child pages.",
    ),
    ngettext_noop(
        "This page has one subpage. Unpublish this too",
        "This page has %(live_descendant_count)s subpages. Unpublish these too",
    ),
    ngettext_noop("There is one matching page", "There are %(counter)s matching pages"),
    ngettext_noop("%(num_parent_objects)d page has been deleted", "%(num_parent_objects)d pages have been deleted"),
    ngettext_noop("%(num_pages)d page has been moved", "%(num_pages)d pages have been moved"),
    ngettext_noop("%(num_parent_objects)d page", "%(num_parent_objects)d pages"),
    ngettext_noop("%(num_child_objects)d child page", "%(num_child_objects)d child pages"),
    ngettext_noop(
        "%(num_parent_objects)d page has been published",
        "%(num_parent_objects)d pages have been published",
    ),
    ngettext_noop(
        "%(num_parent_objects)d page has been unpublished",
        "%(num_parent_objects)d pages have been unpublished",
    ),
    ngettext_noop(
        "Deleting this page will also delete %(translation_count)s translation of this page.",
        "This will also delete %(descendant_count)s more child pages. Deleting this page will also delete "
          "%(translation_count)s translations of this page.",
    ),
    ngettext_noop(
        "Deleting this page will also delete %(translation_count)s translations and their combined "
          "%(translation_descendant_count)s translated child page.",
        "Deleting this page will also delete %(translation_count)s translations and their combined "
          "%(translation_descendant_count)s translated child pages.",
    ),
    ngettext_noop(
        "Deleting this page will also delete 1 translation and its combined %(translation_descendant_count)s "
          "translated child page.",
        "Deleting this page will also delete 1 translation and its combined %(translation_descendant_count)s "
          "translated child pages.",
    ),
    ngettext_noop(
        "It will also delete %(translation_count)s translation.",
        "It will also delete %(translation_count)s translations.",
    ),
    ngettext_noop(
        "It will also delete %(translation_count)s translations and their combined "
          "%(translation_descendant_count)s translated child page.",
        "It will also delete %(translation_count)s translations and their combined "
          "%(translation_descendant_count)s translated child pages.",
    ),
    ngettext_noop(
        "It will also delete 1 translation and its combined %(translation_descendant_count)s translated child "
          "page.",
        "It will also delete 1 translation and its combined %(translation_descendant_count)s translated child "
          "pages.",
    ),
    ngettext_noop(
        "This page has one subpage and its translations have a combined one translated child page. Unpublish "
          "these too",
        "This page has %(live_descendant_count)s child pages and its translations have a combined one "
          "translated child page. Unpublish these too",
    ),
    ngettext_noop(
        "This will also move one translation of this page and its child pages",
        "This will also move %(translations_to_move_count)s translations of this page and their child pages",
    ),
    ngettext_noop(
        "This will also unpublish one translation of the page.",
        "This will also unpublish all %(translation_count)s translations of the page.",
    ),
    ngettext_noop(
        "This page has one child page and its translations have a combined %(translation_descendant_count)s "
          "translated child pages. Unpublish these too",
        "This page has %(live_descendant_count)s child pages and its translations have a combined "
          "%(translation_descendant_count)s translated child pages. Unpublish these too",
    ),
)  # fmt: skip
