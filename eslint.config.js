import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import prettier from 'eslint-config-prettier';
import boundaries from 'eslint-plugin-boundaries';
import hooks from 'eslint-plugin-react-hooks';
import ts from 'typescript-eslint';

const GATEWAY = 'backend-node/src';
const APP = 'frontend/src';

const mayImport = (from, types) => ({
  from: { element: { type: from } },
  allow: { to: { element: { type: types } } },
});

export default defineConfig(
  { ignores: ['.venv/**', 'data/**', 'demo/**', 'node_modules/**', 'frontend/dist/**'] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  prettier,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['*.js'] } } },
    rules: {
      'no-console': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      // Express tells an error handler by its four parameters.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  { files: ['**/*.js'], ...ts.configs.disableTypeChecked },
  {
    files: [`${GATEWAY}/**/*.ts`],
    plugins: { boundaries },
    settings: {
      'import/resolver': { node: { extensions: ['.ts'] } },
      'boundaries/elements': [
        { type: 'contract', pattern: `${GATEWAY}/contract` },
        { type: 'store', pattern: `${GATEWAY}/store` },
        { type: 'processing', pattern: `${GATEWAY}/processing` },
        { type: 'events', pattern: `${GATEWAY}/events` },
        { type: 'http', pattern: `${GATEWAY}/http` },
        { type: 'intake', pattern: `${GATEWAY}/intake` },
        { type: 'ledger', pattern: `${GATEWAY}/ledger` },
        { type: 'feature', pattern: `${GATEWAY}/features/*`, capture: ['name'] },
        { type: 'tool', pattern: `${GATEWAY}/tools` },
        { type: 'ground', pattern: GATEWAY },
      ],
      'boundaries/files': [
        { category: 'entry', pattern: `${GATEWAY}/server.ts` },
        { category: 'app', pattern: `${GATEWAY}/app.ts` },
      ],
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          policies: [
            mayImport('contract', ['contract']),
            mayImport('ground', ['ground', 'contract']),
            mayImport('store', ['store', 'ground', 'contract']),
            mayImport('processing', ['processing', 'http', 'ground', 'contract']),
            mayImport('events', ['events', 'store', 'ground', 'contract']),
            mayImport('http', ['http', 'store', 'ground', 'contract']),
            mayImport('intake', ['intake', 'http', 'store', 'processing', 'events', 'ground', 'contract']),
            mayImport('ledger', ['ledger', 'http', 'store', 'processing', 'events', 'ground', 'contract']),
            mayImport('feature', ['intake', 'ledger', 'http', 'store', 'processing', 'events', 'ground', 'contract']),
            // A tool is a program of its own: it may start what a feature offers.
            mayImport('tool', ['tool', 'feature', 'http', 'store', 'processing', 'events', 'ground', 'contract']),
            {
              from: { element: { type: 'feature' } },
              allow: { to: { element: { type: 'feature', captured: { name: '{{ from.element.captured.name }}' } } } },
            },
            { disallow: { to: { file: { categories: ['app', 'entry'] } } } },
            { from: { file: { categories: ['app', 'entry'] } }, allow: { to: { element: { type: '*' } } } },
          ],
        },
      ],
    },
  },
  {
    files: [`${APP}/**/*.{ts,tsx}`, 'tests/frontend/**/*.{ts,tsx}'],
    ...hooks.configs.flat['recommended-latest'],
  },
  {
    files: ['frontend/public/*.js'],
    languageOptions: { globals: { document: 'readonly', localStorage: 'readonly', matchMedia: 'readonly' } },
  },
  {
    files: [`${APP}/**/*.{ts,tsx}`],
    plugins: { boundaries },
    settings: {
      'import/resolver': { node: { extensions: ['.ts', '.tsx'] } },
      'boundaries/elements': [
        { type: 'contract', pattern: `${GATEWAY}/contract` },
        { type: 'app', pattern: `${APP}/app` },
        { type: 'feature', pattern: `${APP}/features/*`, capture: ['name'] },
        { type: 'params', pattern: `${APP}/params` },
        { type: 'ui', pattern: `${APP}/ui` },
        { type: 'lib', pattern: `${APP}/lib` },
        { type: 'start', pattern: APP },
      ],
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          policies: [
            mayImport('lib', ['lib', 'contract']),
            mayImport('ui', ['ui', 'lib', 'contract']),
            mayImport('params', ['params', 'ui', 'lib', 'contract']),
            mayImport('feature', ['params', 'ui', 'lib', 'contract']),
            {
              from: { element: { type: 'feature' } },
              allow: { to: { element: { type: 'feature', captured: { name: '{{ from.element.captured.name }}' } } } },
            },
            mayImport('app', ['app', 'feature', 'params', 'ui', 'lib', 'contract']),
            mayImport('start', ['app', 'ui', 'lib']),
          ],
        },
      ],
    },
  },
);
