"""What moto's APIs lack, and whoever changes a stage calls."""

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


def keep_certificates(module):
    """A stage of a REST API shows its backends the certificate that it names; an empty name takes it away.

    https://docs.aws.amazon.com/apigateway/latest/developerguide/getting-started-client-side-ssl-authentication.html
    """
    apply, show = module.Stage.apply_operations, module.Stage.to_json

    def apply_operations(stage, operations):
        for one in operations:
            if one["path"] == "/clientCertificateId":
                stage.client_certificate = one.get("value") or None
        return apply(stage, [one for one in operations if one["path"] != "/clientCertificateId"])

    def to_json(stage):
        certificate = getattr(stage, "client_certificate", None)
        return {**show(stage), **({"clientCertificateId": certificate} if certificate else {})}

    module.Stage.apply_operations = apply_operations
    module.Stage.to_json = to_json


patches = {"moto.apigateway.models": keep_certificates, "moto.apigatewayv2.responses": update_stages}
