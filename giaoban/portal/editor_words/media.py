"""Wagtail's words on images and documents."""

from django.utils.translation import gettext_noop as _

from giaoban.portal.editor_words import ngettext_noop

WORDS = (
    _("Images"), _("Image"), _("Documents"), _("Document"), _("Choose an image"), _("Choose another image"),
    _("Choose another document"), _("Choose a document"), _("Edit this image"), _("Add an image"),
    _("Add images"), _("Add multiple images"), _("Add documents"), _("Add a document"), _("Upload"),
    _("Uploading…"), _("File"), _("Latest images"), _("Latest documents"), _("Popular tags"), _("Collection"),
    _("Tags"), _("Tag"), _("Max dimensions"), _("Filesize"), _("Maximum filesize: %(max_upload_size)s."),
    _("This file is too big. Maximum filesize %(max_filesize)s."), _("Or choose from your computer"),
    _("Sorry, upload failed."), _("You haven't uploaded any images."), _("You haven't uploaded any documents."),
    _("Image focal point"), _("Focal point"), _("Remove focal area"), _("Title"), _("Filter"),
    _("The image could not be saved due to errors."), _("The image could not be created due to errors."),
    _("The document could not be saved due to errors."), _("Image '%(image_title)s' added."),
    _("Image '%(image_title)s' updated."), _("Image '%(image_title)s' deleted."),
    _("Document '%(document_title)s' added."), _("Document '%(document_title)s' updated"), _("Usage"),
    _("(optional)"), _("This file is too big (%(file_size)s). Maximum filesize %(max_filesize)s."), _("tags"),
    _("Add tags to documents"), _("Add documents to collection"),
    _('Sorry, no documents match "<em>%(search_query)s</em>"'),
    _("You haven't uploaded any documents in this collection."),
    _('Why not <a class="upload-one-now" href="#tab-upload" data-action="w-tabs#select:prevent" '
      'data-w-tabs-target="trigger" data-w-tabs-focus-param="true">upload one now</a>?'),
    _("Change document:"), _("File not found"), _("Select all documents in listing"),
    _('Sorry, no documents match "<em>%(query_string)s</em>"'),
    _("You haven't uploaded any documents in this collection. Why not <a "
      "href=\"%(wagtaildocs_add_document_url)s\">upload one now</a>?"),
    _("You haven't uploaded any documents. Why not <a href=\"%(wagtaildocs_add_document_url)s\">upload one "
      "now</a>?"),
    _("Add multiple documents"), _("Drag and drop documents into this area to upload immediately."),
    _("Add to collection:"),
    _("Upload successful. Please update this document with a more appropriate title, if necessary. You may "
      "also delete the document completely if the upload wasn't required."),
    _("Document updated."), _("Add tags to the selected documents"), _("Add to collection"),
    _("Add selected documents to collection"), _("Delete selected documents"),
    _("The document could not be created due to errors."),
    _("The file could not be found. Please change the source or delete the document."), _("Image is decorative"),
    _("Please add some alt text for your image or mark it as decorative"),
    _("Supported formats: %(supported_formats)s. Maximum filesize: %(max_upload_size)s."),
    _("Not a supported image format. Supported formats: %(supported_formats)s."),
    _("Not a valid .%(extension)s image. The extension does not match the file format (%(image_format)s)"),
    _("This file has too many pixels (%(num_pixels)s). Maximum pixels %(max_pixels_count)s."),
    _("unknown number"), _("Full width"), _("Left-aligned"), _("Right-aligned"), _("Format"), _("Original size"),
    _("Resize to width"), _("Resize to height"), _("Resize to min"), _("Resize to max"), _("Resize to fill"),
    _("Width"), _("Height"), _("Closeness"), _("description"), _("width"), _("height"), _("image"), _("images"),
    _("Add tags to images"), _("Add images to collection"), _("Delete images"), _("Layout"),
    _("Upload successful. However, your new image seems to be a duplicate of an existing image. You may "
      "delete it if it wasn't required."),
    _("Existing"), _("Use new image"), _("Use existing and delete new"), _("Select %(title)s"),
    _("You haven't uploaded any images in this collection."), _("Choose a format"), _("Insert image"),
    _("Change image file:"), _("Keep new image"), _("Delete new image"), _("URL Generator"),
    _("To define this image's most important region, drag a box over the image above."),
    _("Current focal point shown"), _("Sort by"), _("Select all images in listing"),
    _('Sorry, no images match "<em>%(query_string)s</em>"'),
    _("You haven't uploaded any images in this collection. Why not <a "
      "href=\"%(wagtailimages_add_image_url)s\">upload one now</a>?"),
    _("You haven't uploaded any images. Why not <a href=\"%(wagtailimages_add_image_url)s\">upload one now</a>?"),
    _("Grid layout"), _("List layout"), _("Image URL"), _("Copy URL"), _("Copying to clipboard failed"),
    _("Drag and drop images into this area to upload immediately."),
    _("Please provide an image description to comply with best practices for accessibility."),
    _("Upload successful. Please update this image with a more appropriate title, if necessary. You may also "
      "delete the image completely if the upload wasn't required."),
    _("Upload successful. However, your new image seems to be a duplicate of this existing image. You may "
      "delete it if it wasn't required."),
    _("Image updated."), _("Add tags to the selected images"), _("Add selected images to collection"),
    _("Delete selected images"), _("Oldest"), _("Title: (A -> Z)"), _("Title: (Z -> A)"),
    _("File size: (low to high)"), _("File size: (high to low)"), _("Usage count: (low to high)"),
    _("Usage count: (high to low)"),
    _("The source image file could not be found. Please change the source or delete the image."),
    _("Generate URL"), _("The filter options you have selected are not valid."), _("Add/edit images you own"),
    _("Edit any image"), _("Select documents in choosers"), _("Select images in choosers"),
)  # fmt: skip
#: With a number in them.
COUNTED = (
    ngettext_noop("Add tags to 1 document", "Add tags to %(counter)s documents"),
    ngettext_noop(
        "Are you sure you want to tag the following document?",
        "Are you sure you want to tag the following documents?",
    ),
    ngettext_noop(
        "You don't have permission to add tags to this document",
        "You don't have permission to add tags to these documents",
    ),
    ngettext_noop("Add 1 document to new collection", "Add %(counter)s documents to new collection"),
    ngettext_noop(
        "Are you sure you want to add the following document to the selected collection?",
        "Are you sure you want to add the following documents to the selected collection?",
    ),
    ngettext_noop(
        "You don't have permission to add this document to a collection",
        "You don't have permission to add these documents to a collection",
    ),
    ngettext_noop("Delete 1 document", "Delete %(counter)s documents"),
    ngettext_noop(
        "Are you sure you want to delete this document?",
        "Are you sure you want to delete these documents?",
    ),
    ngettext_noop(
        "You don't have permission to delete this document",
        "You don't have permission to delete these documents",
    ),
    ngettext_noop(
        '%(total)s Document <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Documents <span class="w-sr-only">created in %(site_name)s</span>',
    ),
    ngettext_noop(
        "New tags have been added to %(num_parent_objects)d document",
        "New tags have been added to %(num_parent_objects)d documents",
    ),
    ngettext_noop(
        "%(num_parent_objects)d document has been added to %(collection)s",
        "%(num_parent_objects)d documents have been added to %(collection)s",
    ),
    ngettext_noop(
        "%(num_parent_objects)d document has been deleted",
        "%(num_parent_objects)d documents have been deleted",
    ),
    ngettext_noop("%(count)s document", "%(count)s documents"),
    ngettext_noop("Add tags to 1 image", "Add tags to %(counter)s images"),
    ngettext_noop(
        "Are you sure you want to tag the following image?",
        "Are you sure you want to tag the following images?",
    ),
    ngettext_noop(
        "You don't have permission to add tags to this image",
        "You don't have permission to add tags to these images",
    ),
    ngettext_noop("Add 1 image to new collection", "Add %(counter)s images to new collection"),
    ngettext_noop(
        "Are you sure you want to add the following image to the selected collection?",
        "Are you sure you want to add the following images to the selected collection?",
    ),
    ngettext_noop(
        "You don't have permission to add this image to a collection",
        "You don't have permission to add these images to a collection",
    ),
    ngettext_noop("Delete 1 image", "Delete %(counter)s images"),
    ngettext_noop("Are you sure you want to delete this image?", "Are you sure you want to delete these images?"),
    ngettext_noop(
        "You don't have permission to delete this image",
        "You don't have permission to delete these images",
    ),
    ngettext_noop(
        '%(total)s Image <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Images <span class="w-sr-only">created in %(site_name)s</span>',
    ),
    ngettext_noop(
        "New tags have been added to %(num_parent_objects)d image",
        "New tags have been added to %(num_parent_objects)d images",
    ),
    ngettext_noop(
        "%(num_parent_objects)d image has been added to %(collection)s",
        "%(num_parent_objects)d images have been added to %(collection)s",
    ),
    ngettext_noop(
        "%(num_parent_objects)d image has been deleted",
        "%(num_parent_objects)d images have been deleted",
    ),
    ngettext_noop("%(count)s image", "%(count)s images"),
)  # fmt: skip
