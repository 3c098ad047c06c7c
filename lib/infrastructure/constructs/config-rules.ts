import { CfnConfigRule } from 'aws-cdk-lib/aws-config';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { configTypesOf } from '../../model/resource-type.ts';
import {
  askingEnvironment,
  type EvaluatingProps,
  evaluatingEnvironment,
  evaluatingGrants,
  evaluatingInboxes,
  ofItsOwn,
  publishingEnvironment,
} from './evaluate.ts';
import { Handler } from './handler.ts';

/** The id of what lets AWS Config invoke the function. */
const permission = 'Config';

/** `AWS::S3::Bucket` → `S3Bucket` */
const titled = (type: string): string => type.split('::').slice(1).join('');

/** One custom AWS Config rule per recorded type, all answered by one function. Needs a configuration recorder. */
export class ConfigRules extends Construct {
  readonly handler: Handler;

  constructor(scope: Construct, id: string, props: EvaluatingProps) {
    super(scope, id);
    this.handler = new Handler(this, 'ConfigRule', {
      code: props.code,
      file: 'config-rule',
      description: 'Evaluates what AWS Config asks about and answers with an evaluation',
      environment: {
        ...evaluatingEnvironment(props),
        ...publishingEnvironment(props),
        ...askingEnvironment(props),
      },
    });
    this.handler.hold(props.reading);
    this.handler.grant(
      [...evaluatingGrants(props), { actions: ['config:PutEvaluations'], resources: ['*'] }],
      `${ofItsOwn} PutEvaluations takes no resource.`,
    );
    this.handler.sendTo(...evaluatingInboxes(props));
    props.posture.letWrite(this.handler.role);
    const invoked = this.handler.function;
    invoked.addPermission(permission, {
      principal: new ServicePrincipal('config.amazonaws.com'),
      sourceAccount: props.place.account,
    });
    for (const { type, isEvaluated } of props.watched) {
      if (!isEvaluated || configTypesOf(type).length === 0) continue;
      const rule = new CfnConfigRule(this, titled(type.type), {
        description: `Every enabled Plumbline control on ${type.type}`,
        scope: { complianceResourceTypes: [...configTypesOf(type)] },
        source: {
          owner: 'CUSTOM_LAMBDA',
          sourceIdentifier: invoked.functionArn,
          sourceDetails: [
            'ConfigurationItemChangeNotification',
            'OversizedConfigurationItemChangeNotification',
          ].map((messageType) => ({ eventSource: 'aws.config', messageType })),
        },
      });
      // Config tries the function when the rule is made; that it is there first follows from its ARN.
      rule.node.addDependency(invoked.node.findChild(permission));
    }
  }
}
