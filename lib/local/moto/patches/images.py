"""Images of machines."""

from patching import after


def without_the_latest(module):
    """Each region has the 44 images of Amazon that moto has in all regions, and no others.

    The latest ones of a region are 1,121 more, each with a snapshot: its first call of EC2 took 60 ms.
    """

    def absent(*_):
        # So moto has none in a region that it does not know.
        raise FileNotFoundError

    module.load_resource = absent


def keep_virtualization(module):
    """moto forgets how an image is virtualized. Who does not say it registers a paravirtual image.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RegisterImage.html
    """

    def keep(response, answer):
        image = response.ec2_backend.amis[answer.result["ImageId"]]
        image.virtualization_type = response._get_param("VirtualizationType") or "paravirtual"

    after(module.AmisResponse, "register_image", keep)


patches = {
    "moto.ec2.models.amis": without_the_latest,
    "moto.ec2.responses.amis": keep_virtualization,
}
