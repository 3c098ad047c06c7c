/** Refuses a whole call. */
export class Refusal extends Error {
  readonly code: string;
  readonly status: number;
  constructor(code: string, status: number, message: string) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export const invalidInput = (message: string) => new Refusal('InvalidInputException', 400, message);
