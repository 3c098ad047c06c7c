"""What moto's Lambda does otherwise than AWS."""


def take_foreign_layers(module):
    """A function runs layers of other accounts, where those let it; moto knows those of its own account.

    https://docs.aws.amazon.com/lambda/latest/dg/adding-layers.html
    """
    find = module.LambdaBackend.layers_versions_by_arn

    class Foreign:
        code_size = 1

        def __init__(self, arn):
            self.arn = arn

    def find_any(backend, layer_version_arn):
        owner = layer_version_arn.split(":")[4]
        return find(backend, layer_version_arn) if owner == backend.account_id else Foreign(layer_version_arn)

    module.LambdaBackend.layers_versions_by_arn = find_any


patches = {"moto.awslambda.models": take_foreign_layers}
