const naming =
  /(?:^|_)(?:arn|bucket|group|id|identifier|name|queue|role|subnet|topic|url|user)s?$|^(?:access_policies|assume_role_policy|capacity_provider|cluster|elb|family|function|iam_instance_profile|instance|lambda_function|launch_configuration|layers|load_balancers?|network_interfaces?|policy|policy_document|principal|qualifier|replicate_source_db|repository|(?:not_)?resources|source|source_policy_documents|target|task_definition|uri|values)$/;
/** Names and ids whose values are words of AWS. */
const ofWords: ReadonlySet<string> = new Set(['policy_type_name', 'setting_id']);

/**
 * Whether an attribute holds the name, the id or the ARN of another resource, or a text with one. Any other attribute that refers
 * to a resource has a value that is made of it, as by a comparison or `length`: a plan shows both in the same way.
 */
export const mayRefer = (attribute: string): boolean =>
  naming.test(attribute) && !ofWords.has(attribute);
