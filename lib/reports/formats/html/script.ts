/** Filters; the page says everything without it. What is asked for stands in the address, so that it can be sent on. */
export const script = `
(function(){
var form=document.querySelector('form');if(!form)return;form.hidden=false;
var text=form.elements.namedItem('text'),status=form.elements.namedItem('status'),live=document.getElementById('found');
var rows=Array.prototype.slice.call(document.querySelectorAll('tr[data-s]'));
function show(){
var wanted=text.value.toLowerCase(),only=status.value,shown=0;
rows.forEach(function(row){
var fits=(only===''||row.dataset.s===only)&&(wanted===''||row.textContent.toLowerCase().indexOf(wanted)>=0);
row.hidden=!fits;if(fits)shown++;});
document.querySelectorAll('details').forEach(function(part){
if(!part.querySelector('tr[data-s]'))return;
var any=part.querySelector('tr[data-s]:not([hidden])');part.hidden=!any;
if(any&&wanted!=='')part.open=true;});
live.textContent=shown+' of '+rows.length+' rows';
var asked=new URLSearchParams();if(wanted)asked.set('text',text.value);if(only)asked.set('status',only);
try{history.replaceState(null,'','#'+asked.toString());}catch(e){}
}
var given=new URLSearchParams(location.hash.slice(1));
if(given.get('text'))text.value=given.get('text');if(given.get('status'))status.value=given.get('status');
form.addEventListener('input',show);form.addEventListener('submit',function(e){e.preventDefault();});
if(given.get('text')||given.get('status'))show();
window.addEventListener('beforeprint',function(){document.querySelectorAll('details').forEach(function(part){part.open=true;});});
})();
`;
