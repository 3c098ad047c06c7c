"""Where a trail of all regions is seen from."""


def show_trails_by_arn(module):
    """A trail of all regions is seen in each, by its ARN; moto says of its event selectors in others that it is not there.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetEventSelectors.html
    """
    original = module.CloudTrailBackend.get_event_selectors

    def get_event_selectors(backend, trail_name):
        for trail in backend.describe_trails(include_shadow_trails=True):
            if trail.arn == trail_name:
                return (trail.arn, *trail.get_event_selectors())
        return original(backend, trail_name)

    module.CloudTrailBackend.get_event_selectors = get_event_selectors


patches = {"moto.cloudtrail.models": show_trails_by_arn}
