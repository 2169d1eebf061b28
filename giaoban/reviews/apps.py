from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "giaoban.reviews"
    label = "reviews"
