import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';

/** The clock and chance are injected; reading them in place makes a run impossible to replay. */
const injectedOnly = [
  {
    object: 'Date',
    property: 'now',
    message: 'Take a Clock. Only main/kiosk.ts makes a real one.',
  },
  {
    object: 'Math',
    property: 'random',
    message: 'Take an IdSource. Only main/kiosk.ts makes a real one.',
  },
];

export default tseslint.config(
  {
    ignores: [
      '**/dist/',
      'release/',
      'node_modules/',
      'demo-output/',
      'test-results/',
      'tests/architecture/import-rules.cjs',
    ],
  },
  tseslint.configs.strictTypeChecked,
  svelte.configs.recommended,
  {
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: ['eslint.config.js'],
        },
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      'no-console': 'error',
      'no-restricted-properties': ['error', ...injectedOnly],
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
  },
  {
    // The composition root is the one place that makes a real clock and real ids.
    files: ['main/kiosk.ts', 'main/real-clock.ts', 'main/real-ids.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['tests/**'],
    rules: {
      'no-restricted-properties': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    // Commands print: that is what they are for.
    files: ['tests/tools/**', 'tests/stand-in/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.js'],
    extends: [tseslint.configs.disableTypeChecked],
  },
);
