"""What moto's ElastiCache does otherwise than AWS."""

from patching import after


def delete_caches(module):
    """moto shows a cache as being deleted for ever; AWS is done at last.

    https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DeleteCacheCluster.html
    """

    def forget(backend, _, cache_cluster_id):
        backend.cache_clusters.pop(cache_cluster_id, None)

    after(module.ElastiCacheBackend, "delete_cache_cluster", forget)


patches = {"moto.elasticache.models": delete_caches}
