// Texts before sign-in.
import {plural} from './plural.ts';

export const account = {
  signIn: {title: 'Sign in', email: 'E-mail', password: 'Password'},
  welcome: {
    title: 'Welcome to Muster',
    about: 'You are the first one here. Make your account; you will be the owner of this company.',
    noToken: 'This link is not complete. Open the whole link that Muster printed at its first start.',
    name: 'Your name',
    passwordRule: 'At least 12 characters. A few words are easier to remember than signs.',
    passwordShort: (count: number) => `${plural(count, 'more character', 'more characters')} needed`,
    create: 'Create account',
  },
};
