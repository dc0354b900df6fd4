/** First names from several languages, some with accents, hyphens or apostrophes. */
export const firstNames = namesOf(`
  Aaliyah, Adèle, Agnieszka, Aiko, Alejandro, Amélie, Anaïs, Andrés, Ángel, Anna-Lena, Annika,
  Antonín, Aoife, Ayşe, Bartłomiej, Beatriz, Benedikt, Björn, Bogdan, Camille, Carlos, Chiara, Chidi,
  Chloë, Ciarán, Clara, D'Andre, Dagmar, Daniel, Deepika, Dimitra, Eduardo, Elif, Emeka, Emma, Erik,
  Esra, Eszter, Fatima, Felix, Fiona, François, Freya, Gabriela, Giulia, Grace, Günther, Hana, Hannah,
  Hans-Peter, Hélène, Henrik, Hiroshi, Ibrahim, Ines, Ingrid, Isabel, Jacek, James, Jan, Jean-Luc,
  João, Jonas, José, Jürgen, Kateřina, Kenji, Khadija, Klára, Kwame, Lars, Laura, Leila, Léon, Linh,
  Luca, Łukasz, Maëlle, Magdalena, Małgorzata, Marie, Marie-Claire, Marta, Matteo, Max, Mei, Milan,
  Mohammed, Nadia, Nguyên, Niamh, Noah, Nora, Olga, Oliver, Oluwaseun, Øyvind, Paula, Pedro, Petra,
  Priya, Rania, Raúl, Renée, Robert, Rodrigo, Rosa, Saoirse, Samira, Sara, Sean, Sébastien, Sienna,
  Siobhán, Sofía, Søren, Stefan, Svetlana, Tamás, Teresa, Thành, Theo, Thị, Tomáš, Valentina, Viktor,
  Wei, Yasmin, Yuki, Zeynep, Zoë, Žofia
`);

/** Surnames from several languages, some with accents, hyphens, spaces or apostrophes. */
export const surnames = namesOf(`
  Abara, Adeyemi, Almeida, Andersson, Bakker, Balogun, Bauer, Becker, Bernard, Bianchi, Björklund,
  Brown, Castillo, Çelik, Chen, Cohen, Da Silva, D'Amico, D'Angelo, De Vries, Delacroix, Demir, Díaz,
  Dubois, Dvořák, Eriksen, Fernández, Fischer, Fitzgerald, Fournier, García, García-López, González,
  Gruber, Haddad, Hansen, Hernández, Hoffmann, Horváth, Huang, Ibáñez, Ivanova, Jensen, Johansson,
  Jones, Kaya, Khan, Kim, Kovács, Kowalska, Kowalski, Krüger, Kumar, Lambert, Le Goff, Lefèvre,
  Lehmann, Lewandowski, Lindqvist, López, Mac Giolla, Maier, Martínez, Mbeki, McAllister, Meyer,
  Mikkelsen, Moreau, Moretti, Müller, Müller-Lüdenscheidt, Murphy, Nagy, Nakamura, Ndiaye, Nguyen,
  Nielsen, Novák, Nováková, O'Brien, O'Connor, O'Neill, Okafor, Olsen, Öztürk, Papadopoulos, Patel,
  Pereira, Petrov, Popescu, Quist, Ramírez, Rossi, Sánchez, Sato, Schäfer, Schmidt, Schneider,
  Schulze-Wegener, Sharma, Silva, Singh, Smith, Sørensen, St. John, Świątek, Szabó, Tanaka, Taylor,
  Torres, Tran, Tremblay, Vågå, Van den Berg, Vargas, Virtanen, Von Arnim, Wagner, Walker, Wang,
  Weber, Weiß, Williams, Wilson, Wiśniewska, Wójcik, Yamamoto, Yılmaz, Zając, Zhang, Zimmermann
`);

function namesOf(text: string): readonly string[] {
  return text.split(',').map((name) => name.trim().replace(/\s+/g, ' '));
}
