import { defineResourceType, type Ref } from '../../model/resource-type.ts';
import { sfn } from '../../services/sfn.ts';
import { lowerCaseTagsIn } from '../described.ts';
import { named } from '../ids.ts';

const arn = (ref: Ref) => sfn.arn('statemachine', ref, ref.id);

/** The name in a name or an ARN, which that of a version or an alias has more behind. */
const nameIn = (text: string): string | undefined =>
  sfn.id('statemachine', text)?.replace(/:.*$/, '');

/** A state machine of Step Functions; its id is its name. */
export const stepfunctionsStateMachine = defineResourceType({
  type: 'AWS::StepFunctions::StateMachine',
  scope: 'regional',
  securityHubType: 'AwsStepFunctionStateMachine',
  live: {
    // The second is what the call that lists tags says.
    gone: ['StateMachineDoesNotExist', 'ResourceNotFound'],
    settlesAfterSeconds: 20,
    announcements: [
      {
        via: 'cloudtrail',
        source: sfn.eventSource,
        calls: {
          CreateStateMachine: 'created',
          UpdateStateMachine: ['stateMachine'],
          DeleteStateMachine: 'deleted',
        },
        idsIn: named({
          request: ['stateMachineArn', 'name'],
          response: ['stateMachineArn'],
          idOf: nameIn,
        }),
      },
    ],
    list: {
      actions: ['states:ListStateMachines'],
      page: async (reader, token) => {
        const { stateMachines = [], nextToken } = await reader.call('sfn', 'listStateMachines', {
          maxResults: 1000,
          ...(token === undefined ? {} : { nextToken: token }),
        });
        return {
          resources: stateMachines.flatMap(({ name: id }) => (id ? [{ id }] : [])),
          ...(nextToken ? { next: nextToken } : {}),
        };
      },
    },
  },
  arn,
  about: {
    actions: ['states:ListTagsForResource'],
    read: async (reader, ref) => {
      const asked = { resourceArn: arn(ref) };
      const { tags } = await reader.call('sfn', 'listTagsForResource', asked);
      return { arn: arn(ref), tags: lowerCaseTagsIn(tags) };
    },
  },
  facets: {
    stateMachine: {
      actions: ['states:DescribeStateMachine'],
      read: async (reader, ref) => {
        // The definition may be encrypted with a key that we have no business with, and is of no concern here:
        // https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachine.html
        const asked = { stateMachineArn: arn(ref), includedData: 'METADATA_ONLY' } as const;
        const { status, loggingConfiguration } = await reader.call(
          'sfn',
          'describeStateMachine',
          asked,
        );
        // "By default, the level is set to OFF" (CreateStateMachine).
        return { status, logLevel: loggingConfiguration?.level ?? 'OFF' };
      },
      comparable: (value) => ({ ...Object(value), status: undefined }),
    },
  },
});
