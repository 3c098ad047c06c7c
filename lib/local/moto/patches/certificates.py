"""Server certificates of IAM end when they say so: moto says of each that it ended in 2012."""

from datetime import timezone

from patching import after


def end_of(body):
    """When a certificate ends; nothing where it is none, which moto takes as well."""
    from cryptography import x509

    try:
        certificate = x509.load_pem_x509_certificate(body.encode())
    except ValueError:
        return None
    end = getattr(certificate, "not_valid_after_utc", None)  # since version 42 of cryptography
    return end or certificate.not_valid_after.replace(tzinfo=timezone.utc)


def show_their_ends(module):
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_ServerCertificateMetadata.html"""

    def correct(response, metadata):
        name = metadata["ServerCertificateName"]
        end = end_of(response.backend.get_server_certificate(name).cert_body)
        if end:
            metadata["Expiration"] = end

    def in_upload(response, answer):
        correct(response, answer.result["ServerCertificateMetadata"])

    def in_one(response, answer):
        correct(response, answer.result["ServerCertificate"]["ServerCertificateMetadata"])

    def in_all(response, answer):
        for metadata in answer.result["ServerCertificateMetadataList"]:
            correct(response, metadata)

    after(module.IamResponse, "upload_server_certificate", in_upload)
    after(module.IamResponse, "get_server_certificate", in_one)
    after(module.IamResponse, "list_server_certificates", in_all)


patches = {"moto.iam.responses": show_their_ends}
