import { restApi } from '../../resources/apigateway/rest-api.ts';
import { backupVault } from '../../resources/backup/backup-vault.ts';
import { eventBus } from '../../resources/eventbridge/event-bus.ts';
import { dataCatalog } from '../../resources/glue/data-catalog.ts';
import { accountKeys } from '../answers/account.ts';
import {
  busStatements,
  defaultBus,
  ownStatements,
  policyPart,
  vaultTypes,
} from '../answers/resource-policies.ts';
import type { Resource } from '../stack.ts';
import { type DeclaredType, placesIn, stepsOf } from './declared-type.ts';

/** Where a policy stands: on its resource, or apart of it. */
export const placeOfPolicy =
  (property: string): DeclaredType['placeOf'] =>
  (resource, stack, evidence) => {
    const said = policyPart(stack, resource, property);
    const path = stepsOf(evidence.slice('policy'.length));
    return said && { declared: said.by.declared, path: [...said.part.path, ...path] };
  };

/** Each statement stands in the policy of the bus, or is declared by itself. */
const placeOnBus: DeclaredType['placeOf'] = (resource, stack, evidence) => {
  const index = Number(/^policy\.Statement\[(\d+)\]/.exec(evidence)?.[1] ?? Number.NaN);
  const added = busStatements(stack, resource)[index - ownStatements(stack, resource).length];
  if (!added) return placeOfPolicy('Policy')(resource, stack, evidence);
  const path = added.get('Statement').isSet
    ? stepsOf(evidence.replace(/^policy\.Statement\[\d+\]/, ''))
    : [];
  return {
    declared: added.declared,
    path: path.length > 0 ? ['Statement', ...path] : ['Principal'],
  };
};

/** What has little more to it than a policy. */
export const declaredPolicies: readonly DeclaredType[] = [
  ...vaultTypes.map((as) => ({
    type: backupVault,
    as,
    id: ({ name }: Resource) => name,
    placeOf: placeOfPolicy('AccessPolicy'),
  })),
  {
    type: eventBus,
    as: 'AWS::Events::EventBus',
    id: ({ name }) => name,
    parts: {
      'AWS::Events::EventBusPolicy': {
        ...{ name: 'Name', by: ['EventBusName'], byDefault: defaultBus },
      },
    },
    placeOf: placeOnBus,
  },
  {
    type: dataCatalog,
    as: accountKeys.catalog,
    id: ({ properties: { scope } }) => scope.template.deployment.region,
    placeOf: placesIn({ policy: 'Policy' }),
  },
  {
    type: restApi,
    as: 'AWS::ApiGateway::RestApi',
    id: ({ physicalId }) => physicalId,
    placeOf: (resource, stack, evidence) =>
      evidence.startsWith('policy')
        ? (placeOfPolicy('Policy')(resource, stack, evidence) ?? {
            declared: resource.declared,
            path: ['Body'],
          })
        : undefined,
  },
];
