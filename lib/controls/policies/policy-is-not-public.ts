import { evaluateOpenPolicy, planClosing } from '../../analysis/policies/open-policy.ts';
import { defineControl, propose } from '../../model/control.ts';
import { backupVault } from '../../resources/backup/backup-vault.ts';
import { dynamodbTable } from '../../resources/dynamodb/dynamodb-table.ts';
import { ecrRepository } from '../../resources/ecr/ecr-repository.ts';
import { eventBus } from '../../resources/eventbridge/event-bus.ts';
import { dataCatalog } from '../../resources/glue/data-catalog.ts';
import { secret } from '../../resources/secretsmanager/secret.ts';
import { elsewhere, writerGrants, writerOf } from './shared/writers.ts';

export const policyIsNotPublic = defineControl(
  [secret, ecrRepository, dynamodbTable, eventBus, dataCatalog, backupVault],
  {
    id: 'PL.POLICY.3',
    title:
      'Secrets, image repositories, DynamoDB tables, event buses, data catalogs and backup vaults should not be open to anybody by their policies',
    severity: 'CRITICAL',
    rationale:
      'Anybody could read the secret or the data, put images into the repository that are then run, put events on the bus that rules act on, or put backups into the vault that are then restored.',
    standards: {},
    exposes: true,
    needs: ['policy'],
    evaluate: ({ policy }) =>
      evaluateOpenPolicy(
        policy,
        ...['secretsmanager', 'ecr', 'dynamodb', 'events', 'glue', 'backup'],
      ),
    remediation: {
      advice:
        'Name the principals that use the resource, or hold callers by aws:PrincipalOrgID or aws:SourceAccount with fixed values. Of a secret, put the policy with BlockPublicPolicy: Secrets Manager then refuses an open one.',
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-concepts.html',
      needs: ['primaryRegion'],
      grants: writerGrants,
      plan: ({ policy, primaryRegion }, { ref, arn }) => {
        const copied = elsewhere(primaryRegion);
        if (copied) return copied;
        const writer = writerOf(arn);
        return writer === undefined
          ? propose('how its policy is written is not known here')
          : planClosing(policy, writer, { ref, arn });
      },
    },
  },
);
