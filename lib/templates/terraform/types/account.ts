import { constant, declares, each, type Mappings, orElse, word } from '../mapping.ts';

/** What only Terraform declares of an account, and of one of its regions; CloudFormation has no type for it. */
export const accountTypes: Mappings = {
  aws_s3_account_public_access_block: declares('Plumbline::S3::Account', {
    BlockPublicAcls: orElse('block_public_acls', false),
    BlockPublicPolicy: orElse('block_public_policy', false),
    IgnorePublicAcls: orElse('ignore_public_acls', false),
    RestrictPublicBuckets: orElse('restrict_public_buckets', false),
  }),
  aws_iam_account_password_policy: declares('Plumbline::IAM::PasswordPolicy', {
    // "Minimum length": AWS takes 6 where nothing is said.
    MinimumPasswordLength: orElse('minimum_password_length', 6),
    RequireSymbols: 'require_symbols',
    RequireNumbers: 'require_numbers',
    RequireUppercaseCharacters: 'require_uppercase_characters',
    RequireLowercaseCharacters: 'require_lowercase_characters',
    MaxPasswordAge: 'max_password_age',
    PasswordReusePrevention: 'password_reuse_prevention',
  }),
  aws_ebs_encryption_by_default: declares('Plumbline::EC2::EncryptionByDefault', {
    Enabled: orElse('enabled', true),
  }),
  aws_ec2_instance_metadata_defaults: declares('Plumbline::EC2::MetadataDefaults', {
    HttpTokens: word('http_tokens', {
      required: 'required',
      optional: 'optional',
      'no-preference': undefined,
    }),
  }),
  aws_ec2_serial_console_access: declares('Plumbline::EC2::SerialConsole', {
    Enabled: orElse('enabled', true),
  }),
  aws_ec2_image_block_public_access: declares('Plumbline::EC2::ImageBlock', { State: 'state' }),
  aws_emr_block_public_access_configuration: declares('Plumbline::EMR::PublicAccessBlock', {
    BlockPublicSecurityGroupRules: 'block_public_security_group_rules',
    PermittedPublicSecurityGroupRuleRanges: each('permitted_public_security_group_rule_range', {
      MinRange: 'min_range',
      MaxRange: 'max_range',
    }),
  }),
  aws_account_alternate_contact: declares('Plumbline::Contacts::Security', (view) =>
    view.get('alternate_contact_type').tree() === 'SECURITY' ? [{}] : [],
  ),
  aws_securityhub_account: declares('AWS::SecurityHub::Hub', {}),
  aws_ebs_snapshot_block_public_access: declares('AWS::EC2::SnapshotBlockPublicAccess', {
    State: 'state',
  }),
  aws_vpc_block_public_access_options: declares('AWS::EC2::VPCBlockPublicAccessOptions', {
    InternetGatewayBlockMode: 'internet_gateway_block_mode',
  }),
  aws_glue_resource_policy: declares('Plumbline::Glue::ResourcePolicy', { Policy: 'policy' }),
  aws_accessanalyzer_analyzer: declares('AWS::AccessAnalyzer::Analyzer', {
    AnalyzerName: 'analyzer_name',
    // "Valid values are ACCOUNT, … Defaults to ACCOUNT".
    Type: orElse('type', 'ACCOUNT'),
  }),
  aws_config_configuration_recorder: declares('AWS::Config::ConfigurationRecorder', {
    Name: 'name',
    RoleARN: 'role_arn',
    RecordingGroup: {
      AllSupported: 'recording_group.0.all_supported',
      IncludeGlobalResourceTypes: 'recording_group.0.include_global_resource_types',
      ExclusionByResourceTypes: {
        ResourceTypes: 'recording_group.0.exclusion_by_resource_types.0.resource_types',
      },
      RecordingStrategy: { UseOnly: 'recording_group.0.recording_strategy.0.use_only' },
    },
    RecordingMode: { RecordingFrequency: 'recording_mode.0.recording_frequency' },
    // "Starting (or stopping) the recorder is done by aws_config_configuration_recorder_status".
    Recording: { By: constant('aws_config_configuration_recorder_status') },
  }),
  aws_config_configuration_recorder_status: declares(
    'AWS::Config::ConfigurationRecorder',
    { Recording: { IsEnabled: 'is_enabled' } },
    { of: { by: 'name', name: 'Name' } },
  ),
  aws_config_delivery_channel: declares('AWS::Config::DeliveryChannel', {
    S3BucketName: 's3_bucket_name',
  }),
  aws_cloudwatch_log_metric_filter: declares('AWS::Logs::MetricFilter', {
    FilterName: 'name',
    FilterPattern: 'pattern',
    LogGroupName: 'log_group_name',
    MetricTransformations: 'metric_transformation',
  }),
};
