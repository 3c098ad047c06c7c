"""How moto's Secrets Manager rotates otherwise than AWS."""


def rotate_without_function(module):
    """moto runs the function that rotates, in Docker; here nothing runs, and the value stays.

    https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html
    """
    rotate = module.SecretsManagerBackend.rotate_secret

    def keep_function(backend, *args, rotation_lambda_arn=None, **named):
        answer = rotate(backend, *args, **named)
        secret = backend.secrets[named.get("secret_id") or args[0]]
        secret.rotation_lambda_arn = rotation_lambda_arn or ""
        return answer

    module.SecretsManagerBackend.rotate_secret = keep_function


patches = {"moto.secretsmanager.models": rotate_without_function}
