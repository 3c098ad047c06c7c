import { codebuildProject } from '../../resources/codebuild/codebuild-project.ts';
import { ecsCluster } from '../../resources/ecs/ecs-cluster.ts';
import { ecsService } from '../../resources/ecs/ecs-service.ts';
import { ecsTaskDefinition } from '../../resources/ecs/ecs-task-definition.ts';
import { cacheCluster } from '../../resources/elasticache/cache-cluster.ts';
import { cacheReplicationGroup } from '../../resources/elasticache/replication-group.ts';
import { firstNodeOf } from '../answers/elasticache.ts';
import { type DeclaredType, placesIn } from './declared-type.ts';

const taskPlaces = placesIn({
  'task.networkMode': 'NetworkMode',
  'task.pidMode': 'PidMode',
  'task.containers': 'ContainerDefinitions',
});
/** What a facet of a container is called where it is declared. */
const ofContainers: Readonly<Record<string, string>> = {
  isPrivileged: 'Privileged',
  user: 'User',
  hasReadOnlyRoot: 'ReadonlyRootFilesystem',
  logDriver: 'LogConfiguration',
  variables: 'Environment',
};

const cachePlaces = placesIn({
  'backup.days': 'SnapshotRetentionLimit',
  'cluster.upgradesItself': 'AutoMinorVersionUpgrade',
  'cluster.subnetGroup': 'CacheSubnetGroupName',
});

/** Projects of CodeBuild, clusters, services and tasks of ECS, caches. */
export const declaredBuildsAndCaches: readonly DeclaredType[] = [
  {
    type: codebuildProject,
    as: 'AWS::CodeBuild::Project',
    id: ({ name }) => name,
    placeOf: placesIn({
      sources: 'Source',
      webhook: 'Triggers',
      'webhook.groups': 'Triggers.FilterGroups',
      'webhook.approval': 'Triggers.PullRequestBuildPolicy',
      'project.plainVariables': 'Environment.EnvironmentVariables',
      'project.isPrivileged': 'Environment.PrivilegedMode',
      'project.isPublic': 'Visibility',
      'project.logs': 'LogsConfig',
      'project.logs.isEncrypted': 'LogsConfig.S3Logs.EncryptionDisabled',
    }),
  },
  {
    type: ecsCluster,
    as: 'AWS::ECS::Cluster',
    id: ({ name }) => name,
    placeOf: placesIn({ 'cluster.insights': 'ClusterSettings' }),
  },
  {
    type: ecsService,
    as: 'AWS::ECS::Service',
    // Which cluster it is in decides nothing that is evaluated.
    id: ({ name }) => `cluster/${name}`,
    placeOf: placesIn({
      'service.assignsPublicIp': 'NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp',
      'service.platformVersion': 'PlatformVersion',
    }),
  },
  {
    type: ecsTaskDefinition,
    as: 'AWS::ECS::TaskDefinition',
    id: ({ name }) => name,
    leftOut: {
      'ECS.4': 'PL.CONTAINER.1 evaluates it for the containers of any platform',
      'ECS.5': 'PL.CONTAINER.7 evaluates it for the containers of any platform',
    },
    placeOf(resource, stack, evidence) {
      const [, index, facet = ''] = /^task\.containers\[(\d+)\]\.(\w+)$/.exec(evidence) ?? [];
      if (index === undefined) return taskPlaces(resource, stack, evidence);
      const property = ofContainers[facet];
      const path = ['ContainerDefinitions', Number(index), ...(property ? [property] : [])];
      return { declared: resource.declared, path };
    },
  },
  {
    type: cacheCluster,
    as: 'AWS::ElastiCache::CacheCluster',
    id: ({ name }) => name.toLowerCase(),
    placeOf: cachePlaces,
  },
  // ElastiCache makes the nodes of a group with it: they have what is set of the group.
  {
    type: cacheCluster,
    as: 'AWS::ElastiCache::ReplicationGroup',
    id: firstNodeOf,
    placeOf: cachePlaces,
  },
  {
    type: cacheReplicationGroup,
    as: 'AWS::ElastiCache::ReplicationGroup',
    id: ({ name }) => name.toLowerCase(),
    placeOf: placesIn({
      'group.failsOver': 'AutomaticFailoverEnabled',
      'group.isEncrypted': 'AtRestEncryptionEnabled',
      'group.usesTls': 'TransitEncryptionEnabled',
      'group.tlsMode': 'TransitEncryptionMode',
      'group.hasToken': 'AuthToken',
    }),
  },
];
