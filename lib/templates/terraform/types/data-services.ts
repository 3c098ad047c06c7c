import {
  block,
  declares,
  each,
  type Mappings,
  only,
  orElse,
  unlessEmpty,
  withIts,
} from '../mapping.ts';

const authentication = 'client_authentication.0';

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/launch_configuration, and those of each type. */
export const dataServiceTypes: Mappings = {
  aws_launch_configuration: declares(
    'AWS::AutoScaling::LaunchConfiguration',
    {
      LaunchConfigurationName: unlessEmpty('name'),
      AssociatePublicIpAddress: 'associate_public_ip_address',
      MetadataOptions: {
        HttpTokens: 'metadata_options.0.http_tokens',
        HttpPutResponseHopLimit: 'metadata_options.0.http_put_response_hop_limit',
      },
    },
    { names: ['id', 'name'] },
  ),
  aws_autoscaling_group: declares(
    'AWS::AutoScaling::AutoScalingGroup',
    {
      AutoScalingGroupName: unlessEmpty('name'),
      AvailabilityZones: 'availability_zones',
      VPCZoneIdentifier: 'vpc_zone_identifier',
      LoadBalancerNames: 'load_balancers',
      TargetGroupARNs: 'target_group_arns',
      TrafficSources: each('traffic_source', { Identifier: 'identifier', Type: 'type' }),
      HealthCheckType: unlessEmpty('health_check_type'),
      LaunchConfigurationName: unlessEmpty('launch_configuration'),
      LaunchTemplate: block('launch_template', { LaunchTemplateId: 'id' }),
      MixedInstancesPolicy: block('mixed_instances_policy', {
        LaunchTemplate: {
          Overrides: each('launch_template.0.override', {
            InstanceType: unlessEmpty('instance_type'),
            InstanceRequirements: block('instance_requirements', {}),
          }),
        },
      }),
    },
    { names: ['id', 'name'] },
  ),
  // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/autoscaling_attachment
  aws_autoscaling_attachment: declares(
    'AWS::AutoScaling::AutoScalingGroup',
    { LoadBalancerNames: only('elb'), TargetGroupARNs: only('lb_target_group_arn') },
    { of: { by: 'autoscaling_group_name', name: 'AutoScalingGroupName' } },
  ),
  // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/autoscaling_traffic_source_attachment
  aws_autoscaling_traffic_source_attachment: declares(
    'AWS::AutoScaling::AutoScalingGroup',
    { TrafficSources: each('traffic_source', { Identifier: 'identifier', Type: 'type' }) },
    { of: { by: 'autoscaling_group_name', name: 'AutoScalingGroupName' } },
  ),
  // What is not written the provider sends as false, whatever AWS would do by itself:
  // https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/dms/replication_instance.go
  aws_dms_replication_instance: declares('AWS::DMS::ReplicationInstance', {
    PubliclyAccessible: orElse('publicly_accessible', false),
    MultiAZ: orElse('multi_az', false),
    AutoMinorVersionUpgrade: orElse('auto_minor_version_upgrade', false),
  }),
  aws_athena_workgroup: declares(
    'AWS::Athena::WorkGroup',
    {
      Name: 'name',
      WorkGroupConfiguration: {
        // `true` unless said, in its block, without which the provider says nothing of it (internal/service/athena/workgroup.go).
        PublishCloudWatchMetricsEnabled: withIts(
          'configuration',
          'publish_cloudwatch_metrics_enabled',
          true,
        ),
      },
    },
    { names: ['id', 'name'] },
  ),
  aws_kinesis_stream: declares(
    'AWS::Kinesis::Stream',
    {
      Name: 'name',
      // "The default value is `NONE`", and 24 hours.
      StreamEncryption: {
        EncryptionType: orElse('encryption_type', 'NONE'),
        KeyId: 'kms_key_id',
      },
      RetentionPeriodHours: 'retention_period',
    },
    { names: ['name'] },
  ),
  aws_msk_cluster: declares('AWS::MSK::Cluster', {
    ClusterName: 'cluster_name',
    BrokerNodeGroupInfo: {
      ConnectivityInfo: {
        PublicAccess: {
          Type: 'broker_node_group_info.0.connectivity_info.0.public_access.0.type',
        },
      },
    },
    EncryptionInfo: {
      EncryptionInTransit: {
        // "Default value: `true`", of the block; without one the provider sends nothing.
        InCluster: withIts('encryption_info.0.encryption_in_transit', 'in_cluster', true),
      },
    },
    ClientAuthentication: {
      Sasl: {
        Iam: { Enabled: `${authentication}.sasl.0.iam` },
        Scram: { Enabled: `${authentication}.sasl.0.scram` },
      },
      Tls: { CertificateAuthorityArnList: `${authentication}.tls.0.certificate_authority_arns` },
      Unauthenticated: { Enabled: `${authentication}.unauthenticated` },
    },
  }),
  aws_cognito_identity_pool: declares('AWS::Cognito::IdentityPool', {
    // "Default is `false`": nobody is a guest who is not let in.
    AllowUnauthenticatedIdentities: orElse('allow_unauthenticated_identities', false),
    AllowClassicFlow: 'allow_classic_flow',
  }),
  aws_cognito_identity_pool_roles_attachment: declares('AWS::Cognito::IdentityPoolRoleAttachment', {
    IdentityPoolId: 'identity_pool_id',
    Roles: {
      unauthenticated: 'roles.unauthenticated',
      authenticated: 'roles.authenticated',
    },
  }),
  aws_redshiftserverless_workgroup: declares(
    'AWS::RedshiftServerless::Workgroup',
    {
      WorkgroupName: 'workgroup_name',
      PubliclyAccessible: 'publicly_accessible',
      EnhancedVpcRouting: 'enhanced_vpc_routing',
      ConfigParameters: each('config_parameter', {
        ParameterKey: 'parameter_key',
        ParameterValue: 'parameter_value',
      }),
    },
    { names: ['id', 'workgroup_name'] },
  ),
  aws_sfn_state_machine: declares(
    'AWS::StepFunctions::StateMachine',
    {
      StateMachineName: 'name',
      LoggingConfiguration: { Level: unlessEmpty('logging_configuration.0.level') },
    },
    { names: ['name'] },
  ),
  aws_sagemaker_notebook_instance: declares(
    'AWS::SageMaker::NotebookInstance',
    {
      NotebookInstanceName: 'name',
      DirectInternetAccess: unlessEmpty('direct_internet_access'),
      RootAccess: unlessEmpty('root_access'),
      SubnetId: unlessEmpty('subnet_id'),
    },
    { names: ['id', 'name'] },
  ),
};
