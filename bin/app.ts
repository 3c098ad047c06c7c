import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { UserError } from '../lib/engine/user-error.ts';
import { createApp } from '../lib/infrastructure/app.ts';

try {
  const app = await createApp({ isValidated: true });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
