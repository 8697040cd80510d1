import { byId } from './element.mjs';
import { word } from './words.mjs';

const form = byId('sign-in');

async function signIn() {
  const problem = byId('problem');
  const submit = form.querySelector('button');
  submit.disabled = true;
  try {
    const response = await fetch('/api/sign-in', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token: byId('token').value }),
    });
    if (response.ok) {
      location.reload();
      return;
    }
    problem.textContent = word(response.status === 429 ? 'sign-in-slowly' : 'sign-in-wrong');
  } catch {
    problem.textContent = word('offline');
  }
  submit.disabled = false;
  byId('token').focus();
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void signIn();
});
