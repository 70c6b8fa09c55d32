"""What answers are made of: values of the library as the schemas have them."""

from attire.serve.answers.garments import colours_out, file_name, garment_out

__all__ = ["colours_out", "file_name", "garment_out"]
