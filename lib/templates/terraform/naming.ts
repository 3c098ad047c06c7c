const naming =
  /(?:^|_)(?:arn|bucket|group|id|identifier|name|queue|role|subnet|topic|url|user)s?$|^(?:access_policies|assume_role_policy|capacity_provider|cluster|elb|family|function|iam_instance_profile|instance|lambda_function|launch_configuration|layers|load_balancers?|network_interfaces?|policy|policy_document|principal|qualifier|replicate_source_db|repository|(?:not_)?resources|source|source_policy_documents|target|task_definition|uri|values)$/;
/** What AWS itself has words for, and calls names and ids. */
const ofWords: ReadonlySet<string> = new Set(['policy_type_name', 'setting_id']);

/**
 * Whether an attribute holds the name, the id or the ARN of another resource, or a text with such. What any other one refers to
 * something in is made of it, as by a comparison or `length`, which a plan shows in the same way.
 */
export const mayRefer = (attribute: string): boolean =>
  naming.test(attribute) && !ofWords.has(attribute);
