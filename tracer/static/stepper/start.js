/* Starts the steppers of a page. One is built when it comes near, so that a page full of them loads as fast as one without. */
const SOURCE = typeof document !== "undefined" && document.currentScript?.src;

/* predict.js stands beside this script; a page that stands alone has it already. */
let predictLoads;
const loadPredict = () => (predictLoads ??= new Promise((resolve, reject) => {
  if (sessionStepper.predict) return resolve(sessionStepper.predict);
  const script = make("script", { src: new URL("predict.js", SOURCE || location.href).href, onerror: reject });
  script.onload = () => resolve(sessionStepper.predict);
  document.head.append(script);
}));

if (typeof document !== "undefined") {
  const adopt = (section, step) => {  // one that comes after the page; `step` counts from 1, 0 for its own choice
    for (const one of steppers.keys()) if (!one.isConnected) steppers.delete(one);  // each run of a program brings another
    const stepper = new Stepper(section);
    steppers.set(section, stepper);
    stepper.build();
    if (step) stepper.show(step - 1);
  };
  Object.assign(sessionStepper, { make, remember, remembered, fill, loadPredict, adopt });
  const steppers = new Map([...document.querySelectorAll(".stepper")].filter((section) => section.querySelector(":scope > script"))
    .map((section) => [section, new Stepper(section)]));
  const near = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      steppers.get(target).build();
      near.unobserve(target);
    }
  }, { rootMargin: "50% 0px" });
  for (const section of steppers.keys()) near.observe(section);

  addEventListener("beforeprint", () => steppers.forEach((stepper) => stepper.print()));

  const follow = () => readAddress((section, step) => {
    const stepper = steppers.get(section);
    if (!stepper) return;
    stepper.build();
    if (step !== undefined) stepper.show(step);
    (section.matches(".all") && stepper.steps[step] || section).scrollIntoView();
  });
  addEventListener("hashchange", follow);
  follow();
}
