import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DrawingName, Provider } from './guide.ts';

/** The names of fields and buttons, as each identity provider writes them. */
const forms: Record<
  Provider,
  { title: string; url: string; token: string; test: string; tokenPrefix?: string }
> = {
  entra: { title: 'Admin Credentials', url: 'Tenant URL', token: 'Secret Token', test: 'Test Connection' },
  okta: {
    title: 'Integration',
    url: 'Base URL',
    token: 'API Token',
    test: 'Test API Credentials',
    tokenPrefix: 'Bearer ',
  },
  onelogin: { title: 'API Connection', url: 'SCIM Base URL', token: 'SCIM Bearer Token', test: 'Enable' },
  jumpcloud: { title: 'Identity Management', url: 'Base URL', token: 'Token Key', test: 'Test Connection' },
  google: { title: 'Autoprovisioning', url: 'Endpoint URL', token: 'Access token', test: 'Continue' },
  ping: { title: 'SCIM Outbound', url: 'SCIM Base URL', token: 'Bearer Token', test: 'Test Connection' },
  other: { title: 'SCIM 2.0', url: 'SCIM URL', token: 'Bearer token', test: 'Test' },
};

const matchingRows = [
  ['objectId', 'externalId', '1'],
  ['userPrincipalName', 'userName', ''],
  ['mail', 'emails[type eq "work"].value', ''],
] as const;

const features = ['Create Users', 'Update User Attributes', 'Deactivate Users'] as const;

/** A sketch of the page of the identity provider on which a step happens, with what matters marked by a number. */
export function Drawing({ name, provider }: { name: DrawingName; provider: Provider }) {
  const { t } = useTranslation();
  const { url, token, test, tokenPrefix = '' } = forms[provider];
  if (name === 'matching') {
    return (
      <Sketch label={t('drawing.matching')} height={176} title="Attribute Mapping">
        <text x={24} y={58} className="sketch-dim">
          Microsoft Entra ID
        </text>
        <text x={196} y={58} className="sketch-dim">
          customappsso
        </text>
        <text x={404} y={58} className="sketch-dim">
          Matching precedence
        </text>
        {matchingRows.map(([source, target, precedence], at) => (
          <g key={source}>
            {at === 0 && <rect x={14} y={66} width={532} height={32} rx={6} className="sketch-mark" />}
            <text x={24} y={87 + at * 32}>
              {source}
            </text>
            <text x={196} y={87 + at * 32}>
              {target}
            </text>
            <text x={404} y={87 + at * 32}>
              {precedence}
            </text>
          </g>
        ))}
        <Mark x={530} y={82} number={1} />
      </Sketch>
    );
  }
  if (name === 'features') {
    return (
      <Sketch label={t('drawing.features')} height={150} title="To App">
        {features.map((feature, at) => (
          <g key={feature}>
            <rect x={24} y={48 + at * 32} width={18} height={18} rx={4} className="sketch-on" />
            <path d={`M28 ${57 + at * 32} l4 4 l7 -8`} className="sketch-tick" />
            <text x={54} y={62 + at * 32}>
              {feature}
            </text>
          </g>
        ))}
        <Mark x={530} y={89} number={1} />
      </Sketch>
    );
  }
  return (
    <Sketch label={t('drawing.credentials', { url, token, test })} height={206} title={forms[provider].title}>
      <Field y={46} label={url} value="https://…/scim/v2" />
      <Field y={102} label={token} value={`${tokenPrefix}••••••••••••••••••••`} />
      <rect x={24} y={160} width={32 + test.length * 7} height={30} rx={6} className="sketch-button" />
      <text x={40} y={180} className="sketch-button-text">
        {test}
      </text>
      <Mark x={530} y={75} number={1} />
      <Mark x={530} y={131} number={2} />
      <Mark x={84 + test.length * 7} y={175} number={3} />
    </Sketch>
  );
}

function Sketch({
  label,
  height,
  title,
  children,
}: {
  label: string;
  height: number;
  title: string;
  children: ReactNode;
}) {
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 560 ${height}`} className="sketch">
      <rect x={1} y={1} width={558} height={height - 2} rx={12} className="sketch-window" />
      <path d="M1 32 H559" className="sketch-line" />
      {[20, 36, 52].map((x) => (
        <circle key={x} cx={x} cy={17} r={4} className="sketch-dot" />
      ))}
      <text x={72} y={22} className="sketch-title">
        {title}
      </text>
      {children}
    </svg>
  );
}

function Field({ y, label, value }: { y: number; label: string; value: string }) {
  return (
    <>
      <text x={24} y={y + 8} className="sketch-dim">
        {label}
      </text>
      <rect x={24} y={y + 15} width={480} height={28} rx={6} className="sketch-input" />
      <text x={36} y={y + 34}>
        {value}
      </text>
    </>
  );
}

function Mark({ x, y, number }: { x: number; y: number; number: number }) {
  return (
    <>
      <circle cx={x} cy={y} r={12} className="sketch-number" />
      <text x={x} y={y + 4.5} textAnchor="middle" className="sketch-number-text">
        {number}
      </text>
    </>
  );
}
