"""What clients send: bodies kept within limits and off the disk, photos decoded without trusting them."""

from attire.serve.uploads.body_limit import BodyLimit
from attire.serve.uploads.decoding import ALLOWED_FORMATS, decode_upload, open_upload
from attire.serve.uploads.forms import form_fields
from attire.serve.uploads.names import clean_name
from attire.serve.uploads.photo import OptionalPhotoOf, PhotoOf, UploadedPhoto
from attire.serve.uploads.pixel_room import PixelRoom

__all__ = [
    "ALLOWED_FORMATS",
    "BodyLimit",
    "OptionalPhotoOf",
    "PhotoOf",
    "PixelRoom",
    "UploadedPhoto",
    "clean_name",
    "decode_upload",
    "form_fields",
    "open_upload",
]
