import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { breakersPath } from '../../resources/account/breakers.ts';
import { remediateRoleName } from '../../resources/account/own-prefix.ts';
import { switchName } from '../../resources/account/switch.ts';
import {
  type Acting,
  actingEnvironment,
  ledgerGrants,
  noticesGrant,
} from '../permissions/acting.ts';
import { type Grant, updateGrants } from '../permissions/permissions.ts';
import { regionIn } from '../permissions/scopes.ts';
import { type EvaluatingProps, evaluatingEnvironment } from './evaluate.ts';
import { Handler } from './handler.ts';
import { sealingActions } from './ledger-key.ts';
import { subjectsIndex } from './posture.ts';

export interface RemediateProps extends Omit<EvaluatingProps, 'acting'> {
  readonly acting: Acting;
  /** ARNs of the people who may ask for what changes something. */
  readonly operators: readonly string[];
}

/** The seconds that the function has; its queue waits six times as long. */
export const remediateSeconds = 60;

/** Who a request came from is known by an id, which IAM says of each operator. */
export const operatorGrants = (operators: readonly string[]): readonly Grant[] =>
  [
    { actions: ['iam:GetRole'], resources: operators.filter((arn) => arn.includes(':role/')) },
    { actions: ['iam:GetUser'], resources: operators.filter((arn) => arn.includes(':user/')) },
  ].filter(({ resources }) => resources.length > 0);

/** What the guards, the ledger and the word to people take; what plans take is the remediator's. */
const remediateGrants = ({
  posture,
  acting,
  operators,
  place,
}: RemediateProps): readonly Grant[] => {
  const { partition, region, account } = place;
  const parameter = (name: string) => `arn:${partition}:ssm:${region}:${account}:parameter${name}`;
  const breakers = [parameter(breakersPath.slice(0, -1)), parameter(`${breakersPath}*`)];
  return [
    ...updateGrants(place),
    ...ledgerGrants(acting),
    { actions: ['s3:PutObject'], resources: [acting.images.arnForObjects('*')] },
    noticesGrant(acting.notices),
    ...operatorGrants(operators),
    {
      actions: ['BatchGetItem', 'GetItem', 'PutItem', 'UpdateItem'].map(
        (action) => `dynamodb:${action}`,
      ),
      resources: [posture.tableArn],
    },
    {
      actions: ['DeleteItem', 'PutItem', 'Query', 'UpdateItem'].map(
        (action) => `dynamodb:${action}`,
      ),
      resources: [acting.ledger.tableArn],
    },
    {
      actions: ['dynamodb:Query'],
      resources: [`${posture.tableArn}/index/${subjectsIndex}`],
    },
    {
      actions: ['ssm:GetParameter', 'ssm:PutParameter'],
      resources: [parameter(switchName)],
    },
    {
      actions: [
        'ssm:DeleteParameter',
        'ssm:GetParameter',
        'ssm:GetParametersByPath',
        'ssm:PutParameter',
      ],
      resources: breakers,
    },
    {
      // The path in the CDK's tree of a resource that a stack owns.
      actions: ['cloudformation:DescribeStackResource'],
      resources: [`arn:${partition}:cloudformation:${regionIn(place)}:${account}:stack/*`],
    },
  ];
};

/** Carries out plans, one action at a time for each resource, under every guard. */
export class Remediate extends Handler {
  constructor(scope: Construct, id: string, props: RemediateProps) {
    const { members } = props;
    const changing = members?.changing;
    super(scope, id, {
      code: props.code,
      file: 'remediate',
      isChained: true,
      description: 'Carries out plans under every guard, and takes back what it did',
      timeoutSeconds: remediateSeconds,
      roleName: changing && remediateRoleName,
      environment: {
        ...(changing && members?.environment),
        ...evaluatingEnvironment(props),
        ...actingEnvironment(props.acting),
      },
    });
    this.hold(props.reading);
    if (changing) this.hold(changing);
    this.grant(
      remediateGrants(props),
      'Only rows, images, breakers and findings of its own are named by a wildcard, and whichever stack owns a resource.',
    );
    this.sendTo(props.inboxes.changes, props.acting.remediations);
    props.posture.letWrite(this.role);
    props.acting.ledger.letWrite(this.role);
    this.takeFrom(props.acting.remediations, 5, 1);
  }

  /** Has its calls made as this role, in sessions that carry the id of an action. */
  actAs(remediator: IRole): void {
    this.function.addEnvironment('REMEDIATOR_ROLE_ARN', remediator.roleArn);
    this.grant(
      [
        {
          actions: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
          resources: [remediator.roleArn],
        },
      ],
      'Nothing is named by a wildcard.',
    );
  }

  /** Seals what it writes into the ledger, and believes nothing there that is not. */
  sealWith(key: IKey): void {
    this.function.addEnvironment('LEDGER_KEY_ARN', key.keyArn);
    this.grant(
      [{ actions: [...sealingActions], resources: [key.keyArn] }],
      'Nothing is named by a wildcard.',
    );
  }
}

/**
 * Stops all remediation where its value is not `on`, and begins as `off`: only an operator's word in the ledger turns it
 * on. CloudFormation writes it only when the template's own value or description changes: a deploy may turn off, never on.
 */
export class Switch extends StringParameter {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      parameterName: switchName,
      stringValue: 'off',
      description: 'Any write of this stops Plumbline; only an operator turns it on again',
    });
  }
}
