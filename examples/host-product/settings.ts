import { readFileSync } from 'node:fs';

/** How the product is set up, from the environment. */
export interface Settings {
  port: number;
  /** The SQLite file of the product; `:memory:` for none. */
  databaseFile: string;
  /** Where the provisioning service listens. */
  serviceUrl: string;
  /** Makes the product's key and webhook, once. The product keeps it nowhere. */
  operatorToken: string;
  /** The customer's workspace: its id, or `ext:` and the product's own id of the customer. */
  workspace: string;
  /** The first person of the customer, who may open the settings. */
  adminEmail: string;
}

const portDefault = 4000;

/** @throws Error when there is no operator token */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const port = Number(environment.PRODUCT_PORT ?? portDefault);
  return {
    port,
    databaseFile: environment.PRODUCT_DATABASE ?? 'product.sqlite',
    serviceUrl: environment.SERVICE_URL ?? 'http://127.0.0.1:3000',
    operatorToken: environment.OPERATOR_TOKEN ?? readToken('.data/operator-token'),
    workspace: environment.WORKSPACE ?? 'ext:nordlicht',
    adminEmail: environment.ADMIN_EMAIL ?? 'admin@nordlicht.example',
  };
}

function readToken(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw new Error(`Set OPERATOR_TOKEN, or start in the folder of a service that has written ${file}.`);
  }
}
