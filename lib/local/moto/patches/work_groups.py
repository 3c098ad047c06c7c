"""What moto's Athena lacks: whoever changes a workgroup, one without tags, and what is said of none of that name."""

import json

from moto.core.exceptions import JsonRESTError


class NotFound(JsonRESTError):
    """https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-athena (HandlerUtils.java)"""

    code = 400

    def __init__(self):
        super().__init__("InvalidRequestException", "WorkGroup is not found.")


class NoResource(JsonRESTError):
    """https://docs.aws.amazon.com/athena/latest/APIReference/API_ListTagsForResource.html"""

    code = 400

    def __init__(self):
        super().__init__("ResourceNotFoundException", "Resource is not found.")


def change_work_groups(module):
    """What is not given stays as it is.

    https://docs.aws.amazon.com/athena/latest/APIReference/API_WorkGroupConfigurationUpdates.html
    """
    get_work_group = module.AthenaResponse.get_work_group

    def asked_for(response):
        found = response.athena_backend.work_groups.get(response._get_param("WorkGroup"))
        if found is None:
            raise NotFound()
        return found

    def get(response):
        asked_for(response)
        return get_work_group(response)

    def update(response):
        found = asked_for(response)
        for name, member in (("description", "Description"), ("state", "State")):
            asked = response._get_param(member)
            if asked is not None:
                setattr(found, name, asked)
        updates = response._get_param("ConfigurationUpdates") or {}
        for member in ("EnforceWorkGroupConfiguration", "PublishCloudWatchMetricsEnabled", "RequesterPaysEnabled"):
            if member in updates:
                found.configuration[member] = updates[member]
        return json.dumps({})

    def list_tags(response):
        arn = response._get_param("ResourceARN")
        if arn not in [one.arn for one in response.athena_backend.work_groups.values()]:
            raise NoResource()
        return json.dumps(response.athena_backend.list_tags_for_resource(arn) or {"Tags": []})

    module.AthenaResponse.get_work_group = get
    module.AthenaResponse.update_work_group = update
    module.AthenaResponse.list_tags_for_resource = list_tags


patches = {"moto.athena.responses": change_work_groups}
