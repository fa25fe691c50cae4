document.querySelector('h1').textContent = `sum ${window.fixture.add(2, 3)}`;
