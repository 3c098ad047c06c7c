"""What moto's HTTP and WebSocket APIs lack, and whoever changes a stage calls."""

import json


def update_stages(module):
    """What is not given stays as it is.

    https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages-stagename.html#PatchStage
    """

    def update_stage(response):
        api_id, stage_name = response.path.split("/")[-3], response.path.split("/")[-1].replace("%24", "$")
        api = response.apigatewayv2_backend.get_api(api_id)
        before = api.get_stage(stage_name)
        stage = type(before)(api, {**before.config, **json.loads(response.body), "stageName": stage_name})
        stage.created = before.created
        api.stages[stage_name] = stage
        return 200, {}, json.dumps(stage.to_json())

    module.ApiGatewayV2Response.update_stage = update_stage


patches = {"moto.apigatewayv2.responses": update_stages}
