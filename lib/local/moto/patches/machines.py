"""What moto's Step Functions does otherwise: it has tags of what is not there."""

from moto.core.exceptions import JsonRESTError


class ResourceNotFound(JsonRESTError):
    """https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListTagsForResource.html"""

    code = 400

    def __init__(self, arn):
        super().__init__("ResourceNotFound", "Resource not found: '%s'" % arn)


def know_what_is_tagged(module):
    list_tags_for_resource = module.StepFunctionResponse.list_tags_for_resource

    def list_tags(response):
        arn = response._get_param("resourceArn")
        backend = response.stepfunction_backend
        if ":stateMachine:" in arn and arn not in [one.arn for one in backend.state_machines]:
            raise ResourceNotFound(arn)
        return list_tags_for_resource(response)

    module.StepFunctionResponse.list_tags_for_resource = list_tags


patches = {"moto.stepfunctions.responses": know_what_is_tagged}
