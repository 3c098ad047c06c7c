"""What moto's ECS lacks: the settings of a cluster by their own call."""


def change_settings(module):
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateClusterSettings.html"""
    owner = module.EC2ContainerServiceResponse
    owner.update_cluster_settings = owner.update_cluster


patches = {"moto.ecs.responses": change_settings}
