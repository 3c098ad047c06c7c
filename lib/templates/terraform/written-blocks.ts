import { namedIn } from '../../support/named-in.ts';
import type { Planned } from './plan.ts';

/**
 * Blocks that exist only where somebody writes them, of those that are read here. In a plan a block that nobody wrote is an empty
 * list, and only a `dynamic` one with an unknown `for_each` is unknown as a whole. Other blocks the provider makes by itself, such as
 * `setting` of aws_ecs_cluster: they are unknown either way. From plans of version 5.100 of the provider without these blocks, and
 * from its schema, which says which are required.
 */
const writtenBlocks: Readonly<Record<string, string>> = {
  aws_accessanalyzer_analyzer: 'configuration',
  aws_alb: 'access_logs',
  aws_alb_listener: 'default_action default_action.redirect',
  aws_alb_listener_rule: 'action action.redirect condition condition.path_pattern',
  aws_api_gateway_method_settings: 'settings',
  aws_api_gateway_stage: 'access_log_settings',
  aws_apigatewayv2_stage: 'access_log_settings default_route_settings route_settings',
  aws_athena_workgroup: 'configuration configuration.engine_version',
  aws_autoscaling_group: 'tag',
  aws_cloudfront_distribution:
    'default_cache_behavior logging_config ordered_cache_behavior origin origin.custom_origin_config origin.s3_origin_config origin.vpc_origin_config origin_group viewer_certificate',
  aws_cloudtrail: 'advanced_event_selector event_selector',
  aws_cloudwatch_event_permission: 'condition',
  aws_cloudwatch_log_metric_filter: 'metric_transformation',
  aws_codebuild_project:
    'environment environment.environment_variable logs_config logs_config.cloudwatch_logs logs_config.s3_logs secondary_sources source vpc_config',
  aws_codebuild_webhook: 'filter_group',
  aws_db_instance: 'restore_to_point_in_time',
  aws_db_parameter_group: 'parameter',
  aws_default_network_acl: 'egress ingress',
  aws_docdb_cluster: 'restore_to_point_in_time',
  aws_dynamodb_table: 'attribute replica',
  aws_ecr_registry_scanning_configuration: 'rule',
  aws_ecr_repository: 'image_scanning_configuration',
  aws_ecs_cluster: 'configuration',
  aws_ecs_service: 'capacity_provider_strategy load_balancer network_configuration',
  aws_ecs_task_definition: 'runtime_platform volume',
  aws_efs_access_point: 'posix_user',
  aws_efs_backup_policy: 'backup_policy',
  aws_eks_access_policy_association: 'access_scope',
  aws_eks_cluster: 'encryption_config vpc_config',
  aws_elasticsearch_domain: 'log_publishing_options vpc_options',
  aws_elb: 'access_logs listener',
  aws_emr_block_public_access_configuration: 'permitted_public_security_group_rule_range',
  aws_guardduty_detector_feature: 'additional_configuration',
  aws_guardduty_filter: 'finding_criteria finding_criteria.criterion',
  aws_instance: 'launch_template',
  aws_lambda_function: 'environment vpc_config',
  aws_launch_template:
    'block_device_mappings block_device_mappings.ebs iam_instance_profile instance_requirements network_interfaces',
  aws_lb: 'access_logs',
  aws_lb_listener: 'default_action default_action.redirect',
  aws_lb_listener_rule: 'action action.redirect condition condition.path_pattern',
  aws_lb_ssl_negotiation_policy: 'attribute',
  aws_msk_cluster:
    'broker_node_group_info client_authentication client_authentication.sasl client_authentication.tls encryption_info encryption_info.encryption_in_transit',
  aws_opensearch_domain: 'log_publishing_options vpc_options',
  aws_rds_cluster: 'restore_to_point_in_time',
  aws_rds_cluster_parameter_group: 'parameter',
  aws_redshift_parameter_group: 'parameter',
  aws_route53_zone: 'vpc',
  aws_s3_access_point: 'public_access_block_configuration vpc_configuration',
  aws_s3_bucket_lifecycle_configuration:
    'rule rule.expiration rule.filter rule.noncurrent_version_expiration rule.transition',
  aws_s3_bucket_notification: 'lambda_function queue topic',
  aws_s3_bucket_object_lock_configuration: 'rule',
  aws_s3_bucket_ownership_controls: 'rule',
  aws_s3_bucket_server_side_encryption_configuration:
    'rule rule.apply_server_side_encryption_by_default',
  aws_s3_bucket_versioning: 'versioning_configuration',
  aws_s3_bucket_website_configuration: 'index_document redirect_all_requests_to',
  aws_s3control_multi_region_access_point: 'details details.region',
  aws_s3control_multi_region_access_point_policy: 'details',
  aws_secretsmanager_secret_rotation: 'rotation_rules',
  aws_spot_instance_request: 'launch_template',
};

/** Whether a value is unknown because nobody knows before the apply whether its block exists. */
export const isInOpenBlock = (
  { type, unknown }: Pick<Planned, 'type' | 'unknown'>,
  path: readonly (string | number)[],
): boolean => {
  const blocks = namedIn(writtenBlocks, type)?.split(' ') ?? [];
  const names: string[] = [];
  let at: unknown = unknown;
  for (const step of path) {
    at = Reflect.get(Object(at), step);
    if (typeof step === 'string') names.push(step);
    if (at === true) return blocks.includes(names.join('.'));
  }
  return false;
};
