"""What moto's CodeBuild lacks: webhooks, and whether everybody sees the builds of a project."""

import json


def keep_webhooks(module):
    """A webhook belongs to a project, which shows it. A new one makes each pull request wait for those who may write.

    https://docs.aws.amazon.com/codebuild/latest/APIReference/API_Webhook.html
    https://docs.aws.amazon.com/codebuild/latest/userguide/pull-request-build-policy.html
    """
    settings = ("branchFilter", "filterGroups", "buildType", "pullRequestBuildPolicy")
    writers = {
        "GITHUB": ["GITHUB_WRITE", "GITHUB_MAINTAIN", "GITHUB_ADMIN"],
        "GITHUB_ENTERPRISE": ["GITHUB_WRITE", "GITHUB_MAINTAIN", "GITHUB_ADMIN"],
        "BITBUCKET": ["BITBUCKET_WRITE", "BITBUCKET_ADMIN"],
    }

    def project_of(response):
        name = response._get_param("projectName")
        found = response.codebuild_backend.codebuild_projects.get(name)
        if found is None:
            raise module.ResourceNotFoundException(f"Project cannot be found: {name}")
        return found.project_metadata

    def given(response):
        asked = {name: response._get_param(name) for name in settings}
        return {name: value for name, value in asked.items() if value is not None}

    def create_webhook(response):
        project = project_of(response)
        if "webhook" in project:
            raise module.ResourceAlreadyExistsException("Webhook already exists")
        source = project["source"]["type"]
        if source not in writers:
            raise module.InvalidInputException(f"Webhooks are not supported for source type {source}")
        policy = {"requiresCommentApproval": "ALL_PULL_REQUESTS", "approverRoles": writers[source]}
        project["webhook"] = {
            "url": "https://api.github.com/repos/a/b/hooks/1",
            "payloadUrl": "https://codebuild.us-east-1.amazonaws.com/webhooks",
            "pullRequestBuildPolicy": policy,
            **given(response),
        }
        return json.dumps({"webhook": project["webhook"]})

    def existing(response):
        project = project_of(response)
        if "webhook" not in project:
            raise module.ResourceNotFoundException("Webhook not found")
        return project

    def update_webhook(response):
        project = existing(response)
        project["webhook"] = {**project["webhook"], **given(response)}
        return json.dumps({"webhook": project["webhook"]})

    def delete_webhook(response):
        del existing(response)["webhook"]
        return json.dumps({})

    owner = module.CodeBuildResponse
    owner.create_webhook = create_webhook
    owner.update_webhook = update_webhook
    owner.delete_webhook = delete_webhook


def keep_visibility(module):
    """A project is private until it is made public.

    https://docs.aws.amazon.com/codebuild/latest/APIReference/API_UpdateProjectVisibility.html
    """

    def update_project_visibility(response):
        arn = response._get_param("projectArn")
        projects = response.codebuild_backend.codebuild_projects.values()
        found = next((one.project_metadata for one in projects if one.arn == arn), None)
        if found is None:
            raise module.ResourceNotFoundException(f"Project cannot be found: {arn}")
        found["projectVisibility"] = response._get_param("projectVisibility")
        return json.dumps({"projectArn": arn, "projectVisibility": found["projectVisibility"]})

    module.CodeBuildResponse.update_project_visibility = update_project_visibility


def correct(module):
    keep_webhooks(module)
    keep_visibility(module)


patches = {"moto.codebuild.responses": correct}
