import { asRecord, list } from '../../../support/untyped.ts';
import { unmarked, withMarks } from '../../joined-texts.ts';
import { Holed } from '../../resolution/hole.ts';
import {
  block,
  constant,
  declares,
  each,
  Made,
  type Mappings,
  orElse,
  type Properties,
  self,
  unlessEmpty,
} from '../mapping.ts';

/** A field of an advanced selector, whose attributes but its name are operators. */
const operators: Readonly<Record<string, string>> = {
  equals: 'Equals',
  not_equals: 'NotEquals',
  starts_with: 'StartsWith',
  not_starts_with: 'NotStartsWith',
  ends_with: 'EndsWith',
  not_ends_with: 'NotEndsWith',
};
const selector = new Made(({ view }) => {
  const found = Object.entries(operators).flatMap(([attribute, name]) => {
    const tree = view.get(attribute).tree();
    return tree === undefined || (Array.isArray(tree) && tree.length === 0)
      ? []
      : [[name, tree] as const];
  });
  return { Field: view.get('field').tree(), ...Object.fromEntries(found) };
}, 'field');

const trail: Properties = {
  TrailName: 'name',
  S3BucketName: 's3_bucket_name',
  S3KeyPrefix: unlessEmpty('s3_key_prefix'),
  IsOrganizationTrail: 'is_organization_trail',
  IsLogging: 'enable_logging',
  IsMultiRegionTrail: 'is_multi_region_trail',
  EnableLogFileValidation: 'enable_log_file_validation',
  KMSKeyId: unlessEmpty('kms_key_id'),
  CloudWatchLogsLogGroupArn: unlessEmpty('cloud_watch_logs_group_arn'),
  EventSelectors: each('event_selector', {
    ReadWriteType: 'read_write_type',
    IncludeManagementEvents: 'include_management_events',
    ExcludeManagementEventSources: 'exclude_management_event_sources',
  }),
  AdvancedEventSelectors: each('advanced_event_selector', {
    FieldSelectors: each('field_selector', selector),
  }),
};

/** What rotates a secret, as CloudFormation has it. */
const rotation: Properties = {
  SecretId: 'secret_id',
  RotationRules: {
    AutomaticallyAfterDays: 'rotation_rules.0.automatically_after_days',
    ScheduleExpression: unlessEmpty('rotation_rules.0.schedule_expression'),
  },
};

const openUrl: Properties = {
  FunctionName: 'function_name',
  Qualifier: unlessEmpty('qualifier'),
  Action: constant('lambda:InvokeFunctionUrl'),
  Principal: constant('*'),
  FunctionUrlAuthType: constant('NONE'),
};

/** With the names that CloudFormation has for what ECS takes as JSON; what is open in it stays as it is. */
const inCapitals = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inCapitals);
  if (typeof value !== 'object' || value === null || value instanceof Holed) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.slice(0, 1).toUpperCase() + key.slice(1),
      inCapitals(inner),
    ]),
  );
};
const containers = new Made(({ view, from }) => {
  const attribute = view.get('container_definitions');
  from(attribute);
  const tree = attribute.tree();
  const joined = list(list(asRecord(tree)['Fn::Join'])[1]);
  if (typeof tree !== 'string' && joined.length === 0) return inCapitals(tree);
  try {
    const parts = typeof tree === 'string' ? [tree] : joined;
    return inCapitals(unmarked(JSON.parse(withMarks(parts)), parts));
  } catch {
    return attribute.hole('is no JSON');
  }
}, 'container_definitions');

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_function */
export const workloadTypes: Mappings = {
  aws_ecs_task_definition: declares('AWS::ECS::TaskDefinition', {
    Family: 'family',
    NetworkMode: unlessEmpty('network_mode'),
    PidMode: unlessEmpty('pid_mode'),
    IpcMode: unlessEmpty('ipc_mode'),
    Cpu: unlessEmpty('cpu'),
    Memory: unlessEmpty('memory'),
    RequiresCompatibilities: 'requires_compatibilities',
    RuntimePlatform: {
      OperatingSystemFamily: unlessEmpty('runtime_platform.0.operating_system_family'),
    },
    Volumes: each('volume', { Name: 'name', Host: { SourcePath: unlessEmpty('host_path') } }),
    ContainerDefinitions: containers,
  }),
  aws_lambda_function: declares(
    'AWS::Lambda::Function',
    {
      FunctionName: 'function_name',
      PackageType: 'package_type',
      Runtime: unlessEmpty('runtime'),
      Layers: 'layers',
      VpcConfig: block('vpc_config', { SubnetIds: 'subnet_ids' }),
    },
    { names: ['id', 'function_name'] },
  ),
  aws_lambda_alias: declares('AWS::Lambda::Alias', { FunctionName: 'function_name', Name: 'name' }),
  aws_lambda_permission: declares('AWS::Lambda::Permission', {
    FunctionName: 'function_name',
    Qualifier: unlessEmpty('qualifier'),
    Action: 'action',
    Principal: 'principal',
    SourceAccount: unlessEmpty('source_account'),
    SourceArn: unlessEmpty('source_arn'),
    PrincipalOrgID: unlessEmpty('principal_org_id'),
    FunctionUrlAuthType: unlessEmpty('function_url_auth_type'),
    EventSourceToken: unlessEmpty('event_source_token'),
    InvokedViaFunctionUrl: 'invoked_via_function_url',
  }),
  // For one without authorization the provider itself adds the permission.
  aws_lambda_function_url: {
    declares: [
      {
        as: 'AWS::Lambda::Url',
        properties: {
          TargetFunctionArn: 'function_name',
          Qualifier: unlessEmpty('qualifier'),
          AuthType: 'authorization_type',
        },
      },
      {
        as: 'AWS::Lambda::Permission',
        properties: (view) => (view.get('authorization_type').tree() === 'NONE' ? [openUrl] : []),
      },
    ],
  },
  aws_ecr_repository: declares(
    'AWS::ECR::Repository',
    {
      RepositoryName: 'name',
      ImageTagMutability: 'image_tag_mutability',
      ImageScanningConfiguration: { ScanOnPush: 'image_scanning_configuration.0.scan_on_push' },
      ImageTagMutabilityExclusionFilters: each('image_tag_mutability_exclusion_filter', {
        ImageTagMutabilityExclusionFilterValue: 'filter',
      }),
    },
    { names: ['id', 'name'] },
  ),
  aws_ecr_lifecycle_policy: declares(
    'AWS::ECR::Repository',
    { LifecyclePolicy: { LifecyclePolicyText: 'policy' } },
    { of: { by: 'repository', name: 'RepositoryName', isWhole: true } },
  ),
  aws_ecr_repository_policy: declares(
    'AWS::ECR::Repository',
    { RepositoryPolicyText: 'policy' },
    { of: { by: 'repository', name: 'RepositoryName', isWhole: true } },
  ),
  aws_ecr_registry_scanning_configuration: declares('AWS::ECR::RegistryScanningConfiguration', {
    ScanType: 'scan_type',
    Rules: each('rule', {
      ScanFrequency: 'scan_frequency',
      RepositoryFilters: each('repository_filter', { Filter: 'filter' }),
    }),
  }),
  aws_secretsmanager_secret: {
    id: 'arn',
    names: ['id', 'arn'],
    declares: [
      { as: 'AWS::SecretsManager::Secret', properties: { Name: 'name' } },
      {
        as: 'AWS::SecretsManager::ResourcePolicy',
        when: 'policy',
        properties: { SecretId: self, ResourcePolicy: 'policy' },
      },
    ],
  },
  aws_secretsmanager_secret_policy: declares('AWS::SecretsManager::ResourcePolicy', {
    SecretId: 'secret_arn',
    ResourcePolicy: 'policy',
  }),
  aws_secretsmanager_secret_rotation: declares('AWS::SecretsManager::RotationSchedule', rotation),
  // "Defaults to true"; CloudTrail takes global events where nothing else is said.
  aws_cloudtrail: declares('AWS::CloudTrail::Trail', {
    ...trail,
    IsLogging: orElse('enable_logging', true),
  }),
};
