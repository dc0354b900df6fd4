/** A department: its name, its head's title, and the titles of the others. */
export interface DepartmentPlan {
  name: string;
  head: string;
  titles: readonly string[];
}

/** Departments in the order in which a small company would have them. */
export const departments: readonly DepartmentPlan[] = [
  {
    name: 'Engineering',
    head: 'Chief Technology Officer',
    titles: [
      'Software Engineer',
      'Senior Software Engineer',
      'Staff Engineer',
      'Engineering Manager',
      'QA Engineer',
    ],
  },
  {
    name: 'Sales',
    head: 'Chief Revenue Officer',
    titles: [
      'Account Executive',
      'Sales Development Representative',
      'Solutions Engineer',
      'Regional Sales Manager',
    ],
  },
  {
    name: 'Customer Success',
    head: 'VP Customer Success',
    titles: ['Customer Success Manager', 'Support Specialist'],
  },
  {
    name: 'Marketing',
    head: 'Chief Marketing Officer',
    titles: ['Content Manager', 'Growth Manager', 'Brand Designer'],
  },
  {
    name: 'Product',
    head: 'Chief Product Officer',
    titles: ['Product Manager', 'Product Designer', 'UX Researcher'],
  },
  {
    name: 'Finance',
    head: 'Chief Financial Officer',
    titles: ['Accountant', 'Controller', 'Payroll Specialist'],
  },
  {
    name: 'People & Culture',
    head: 'Chief People Officer',
    titles: ['Recruiter', 'HR Business Partner', 'HR Generalist'],
  },
  {
    name: 'Legal',
    head: 'General Counsel',
    titles: ['Legal Counsel', 'Data Protection Officer', 'Paralegal'],
  },
  {
    name: 'IT & Security',
    head: 'Head of IT',
    titles: ['System Administrator', 'Security Engineer', 'IT Support'],
  },
  {
    name: 'Operations',
    head: 'Chief Operating Officer',
    titles: ['Operations Manager', 'Office Manager', 'Buyer'],
  },
];

/** An office: where it is, and what its people speak (BCP 47). */
export interface OfficePlan {
  city: string;
  country: string;
  street: string;
  postalCode: string;
  dialPrefix: string;
  language: string;
}

/** The offices of the company. Streets and numbers are made up. */
export const offices: readonly OfficePlan[] = [
  {
    city: 'Berlin',
    country: 'DE',
    street: 'Lindenufer 14',
    postalCode: '10115',
    dialPrefix: '+49 30',
    language: 'de-DE',
  },
  {
    city: 'München',
    country: 'DE',
    street: 'Färberweg 3',
    postalCode: '80331',
    dialPrefix: '+49 89',
    language: 'de-DE',
  },
  {
    city: 'Kraków',
    country: 'PL',
    street: 'ul. Młyńska 8',
    postalCode: '30-001',
    dialPrefix: '+48 12',
    language: 'pl-PL',
  },
  {
    city: 'Paris',
    country: 'FR',
    street: '5 rue des Tilleuls',
    postalCode: '75011',
    dialPrefix: '+33 1',
    language: 'fr-FR',
  },
  {
    city: 'Dublin',
    country: 'IE',
    street: '21 Weaver Quay',
    postalCode: 'D02 X285',
    dialPrefix: '+353 1',
    language: 'en-IE',
  },
  {
    city: 'São Paulo',
    country: 'BR',
    street: 'Rua Ipê 90',
    postalCode: '01310-100',
    dialPrefix: '+55 11',
    language: 'pt-BR',
  },
  {
    city: 'New York',
    country: 'US',
    street: '400 Mercer Yard',
    postalCode: '10012',
    dialPrefix: '+1 212',
    language: 'en-US',
  },
];

/** Groups that cut across departments and offices. */
export const crossGroups: readonly string[] = [
  'Works Council',
  'First Aiders',
  'OKR Champions',
  'Interviewers',
  'On-Call Rotation',
  'Women in Tech',
  'Fire Wardens',
  'Mentoring',
  'Green Team',
  'Release Managers',
  'Data Protection',
  'Onboarding Buddies',
  'Security Champions',
];

/** Project names for all groups beyond the ones above. */
export const projectNames: readonly string[] = [
  'Aurora',
  'Bernstein',
  'Corona',
  'Delphi',
  'Eisvogel',
  'Fjord',
  'Granit',
  'Halo',
  'Iris',
  'Jupiter',
  'Kestrel',
  'Lotus',
];
