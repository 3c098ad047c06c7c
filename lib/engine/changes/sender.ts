/**
 * Who sent a message. SQS gives the id of a user, or of a role with the session's name. AWS's own services send with an id
 * that looks like a user's. An id therefore shows only whether the sender is one of our roles.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
 */
export type Sender =
  | { readonly kind: 'own'; readonly role: string }
  | { readonly kind: 'principal'; readonly id: string; readonly session?: string };

/** How a message came: who sent it, and when it is taken. */
export interface Provenance {
  readonly sender: Sender;
  readonly now: Date;
}

/**
 * The sender that SQS names.
 * @param senderId attribute SenderId of the message
 * @param ownRoles unique ids, `AROA…`, of the roles of ours that send to the queue
 */
export const senderOf = (senderId: string, ownRoles: ReadonlySet<string>): Sender => {
  const [, id = senderId, session] = /^([^:]*):(.*)$/s.exec(senderId) ?? [];
  if (session === undefined) return { kind: 'principal', id };
  return ownRoles.has(id) ? { kind: 'own', role: id } : { kind: 'principal', id, session };
};
