"""What moto forgets of an image that somebody registers."""

from patching import after


def keep_virtualization(module):
    """Who does not say it registers a paravirtual image.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RegisterImage.html
    """

    def keep(response, answer):
        image = response.ec2_backend.amis[answer.result["ImageId"]]
        image.virtualization_type = response._get_param("VirtualizationType") or "paravirtual"

    after(module.AmisResponse, "register_image", keep)


patches = {"moto.ec2.responses.amis": keep_virtualization}
