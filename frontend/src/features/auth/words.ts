/** What signing in and up says. */
import { formatSpan } from '../../lib/format.ts';

export const words = {
  name: 'Your name',
  email: 'Email',
  password: 'Password',
  passwordRule: 'At least 10 characters. A few words in a row are easy to remember and hard to guess.',
  signIn: {
    title: 'Sign in',
    goOn: 'Sign in to go on to the page you asked for.',
    action: 'Sign in',
    other: 'No account yet?',
    toOther: 'Sign up',
    forgotten: 'Forgot your password? Whoever runs this Vitrine can set a new one.',
  },
  signUp: {
    title: 'Sign up',
    text: 'Your pictures are yours alone: nobody else here sees them.',
    action: 'Create the account',
    other: 'You have an account?',
    toOther: 'Sign in',
    closed: 'Nobody can sign up here just now. Ask whoever runs this Vitrine for an account.',
  },
  first: {
    title: 'Create the administrator’s account',
    text: 'Nobody has an account here yet. Yours can manage the accounts of others as well.',
  },
  missing: {
    name: 'Type your name.',
    email: 'Type your email address.',
    password: 'Type your password.',
  },
  noEmail: 'Type an email address like name@example.com.',
  short: 'Type at least 10 characters.',
  problems: {
    wrongCredentials: 'The email address and the password do not belong together.',
    emailTaken: 'There is an account with this email address already. Sign in with it instead.',
    disabled: 'This account was switched off by an administrator.',
    closed: 'Nobody can sign up here just now.',
    busy: 'Many people are signing in just now. Try again in a moment.',
    common: 'Many people use this password, so it is guessed at once. Choose another one.',
    wait: (seconds: number) => `There were too many tries. You can try again in ${formatSpan(seconds * 1000)}.`,
  },
} as const;
