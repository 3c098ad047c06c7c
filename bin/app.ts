import '../lib/support/check-node.ts';

import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { createApp } from '../lib/infrastructure/app.ts';
import { UserError } from '../lib/support/user-error.ts';

try {
  const app = await createApp({ isValidated: true, onIdle: (sentence) => console.error(sentence) });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
