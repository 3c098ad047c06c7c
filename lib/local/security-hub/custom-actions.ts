import type { ActionTarget } from '@aws-sdk/client-securityhub';
import { invalidInput, Refusal } from './refusal.ts';

// https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-custom-actions.html
const maxActions = 50;
const idForm = /^[A-Za-z0-9]{1,20}$/;
const maxName = 20;

/** What a person may send an event of by a click in the console. */
export interface CustomAction {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

/** The custom actions of one account and region, by ARN. */
export class CustomActions {
  private readonly stored = new Map<string, CustomAction>();
  private readonly prefix: string;

  constructor(region: string, account: string) {
    this.prefix = `arn:aws:securityhub:${region}:${account}:action/custom/`;
  }

  get all(): readonly ActionTarget[] {
    return [...this.stored].map(([ActionTargetArn, { name, description }]) => ({
      ActionTargetArn,
      Name: name,
      Description: description,
    }));
  }

  arnOf(id: string) {
    return `${this.prefix}${id}`;
  }

  /** @throws Refusal where Security Hub would not take it */
  add(action: CustomAction): string {
    const { id, name, description } = action;
    const arn = this.arnOf(id);
    if (!idForm.test(id))
      throw invalidInput(`Invalid parameter 'Id': ${id} must match ${idForm.source}`);
    if (name.trim() === '' || name.length > maxName)
      throw invalidInput(`Invalid parameter 'Name': 1 to ${maxName} characters, got ${name}`);
    if (description.trim() === '') throw invalidInput("Invalid parameter 'Description'");
    if (this.stored.has(arn))
      throw new Refusal('ResourceConflictException', 409, `Action target ${id} already exists`);
    if (this.stored.size >= maxActions)
      throw new Refusal('LimitExceededException', 429, `More than ${maxActions} action targets`);
    this.stored.set(arn, action);
    return arn;
  }

  /** @throws Refusal where there is none of this ARN */
  find(arn: string): CustomAction {
    const found = this.stored.get(arn);
    if (!found)
      throw new Refusal('ResourceNotFoundException', 404, `Action target ${arn} not found`);
    return found;
  }

  delete(arn: string) {
    this.find(arn);
    this.stored.delete(arn);
  }
}
